import { enAccount } from './en-account'
import { enAppointment } from './en-appointment'
import { enCustomer } from './en-customer'
import { enLater } from './en-later'
import { enMail } from './en-mail'
import { enOutbound } from './en-outbound'
import { enProof } from './en-proof'
import { enScreens } from './en-screens'
import { enSettings } from './en-settings'
import { enThread } from './en-thread'
import { enVisit } from './en-visit'
import { enWriting } from './en-writing'

/** The text of all screens after the first one. */
export const enMore = {
  ...enAccount,
  ...enAppointment,
  ...enCustomer,
  ...enLater,
  ...enMail,
  ...enOutbound,
  ...enProof,
  ...enScreens,
  ...enSettings,
  ...enThread,
  ...enVisit,
  ...enWriting,
}
