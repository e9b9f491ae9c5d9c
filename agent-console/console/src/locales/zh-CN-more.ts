import type { enMore } from './en-more'
import type { Same } from './same'
import { zhAccount } from './zh-CN-account'
import { zhAppointment } from './zh-CN-appointment'
import { zhCustomer } from './zh-CN-customer'
import { zhLater } from './zh-CN-later'
import { zhMail } from './zh-CN-mail'
import { zhOutbound } from './zh-CN-outbound'
import { zhProof } from './zh-CN-proof'
import { zhScreens } from './zh-CN-screens'
import { zhSettings } from './zh-CN-settings'
import { zhThread } from './zh-CN-thread'
import { zhVisit } from './zh-CN-visit'
import { zhWriting } from './zh-CN-writing'

/** The text of all screens after the first one. */
export const zhMore: Same<typeof enMore> = {
  ...zhAccount,
  ...zhAppointment,
  ...zhCustomer,
  ...zhLater,
  ...zhMail,
  ...zhOutbound,
  ...zhProof,
  ...zhScreens,
  ...zhSettings,
  ...zhThread,
  ...zhVisit,
  ...zhWriting,
}
