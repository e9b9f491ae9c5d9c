import { enAccount } from './en-account'
import { enProof } from './en-proof'
import { enSettings } from './en-settings'
import { enThread } from './en-thread'

/** The words that come with the screens after the first one. */
export const enMore = { ...enAccount, ...enProof, ...enSettings, ...enThread }
