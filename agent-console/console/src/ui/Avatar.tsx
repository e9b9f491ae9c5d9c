import css from './ui.module.css'

/** Initials on one of eight quiet colours, always the same for the same name. */
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
      aria-hidden={title === undefined}
    >
      {initials(text)}
      {status !== undefined && <span className={css.presence} data-status={status} />}
    </span>
  )
}

export function initials(name: string): string {
  if (name === '') return '?'
  if (/[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/.test(name)) return Array.from(name).at(-1) ?? '?'
  if (/^[+\d]/.test(name)) return '#'
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  return (
    words.length > 1 ? `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}` : name.slice(0, 2)
  ).toUpperCase()
}

function tone(name: string): number {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return sum % 8
}
