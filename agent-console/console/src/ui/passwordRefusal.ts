import type { TFunction } from 'i18next'
import type { ApiError } from '@/api'

/** Why a password was refused, in the reader's language. */
export function passwordRefusal(error: ApiError, t: TFunction): string {
  if (error.status === 0) return t('error.offline')
  if (error.status === 429) {
    const seconds = Number(error.problem.retryAfterSeconds ?? 60)
    return t('account.wait', { minutes: Math.max(1, Math.ceil(seconds / 60)) })
  }
  if (error.code === 'password-length') return t('account.lengthRule')
  if (error.code === 'password-guessable') return t('account.guessable')
  if (error.code === 'password-wrong') return t('account.wrong')
  return error.message
}
