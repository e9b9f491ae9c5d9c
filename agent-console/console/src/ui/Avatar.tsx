import css from './ui.module.css'

/**
 * Initials on one of eight quiet colours, always the same for the same name. They are drawn, not written: what is
 * about somebody is named by the whole name.
 */
export function Avatar({
  name,
  size = 28,
  status,
  title,
}: {
  name: string | null | undefined
  size?: 18 | 22 | 28 | 36 | 44
  status?: string
  title?: string
}) {
  const text = (name ?? '').trim()
  return (
    <span
      className={css.avatar}
      data-size={size}
      data-tone={tone(text)}
      title={title}
      data-initials={initials(text)}
      role={title === undefined ? undefined : 'img'}
      aria-label={title}
      aria-hidden={title === undefined}
    >
      {status !== undefined && <span className={css.presence} data-status={status} />}
    </span>
  )
}

export function initials(name: string): string {
  if (name === '') return '?'
  if (/[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/.test(name)) return Array.from(name).at(-1) ?? '?'
  if (/^[+\d]/.test(name)) return '#'
  // Of letters only: an emoji or a quote at the end of a name is no second name.
  const letters = name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .map(word => Array.from(word))
  const [first, last] = [letters[0], letters.at(-1)]
  if (first === undefined || last === undefined) return Array.from(name)[0] ?? '?'
  return (first === last ? first.slice(0, 2).join('') : `${first[0]}${last[0]}`).toUpperCase()
}

function tone(name: string): number {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return sum % 8
}
