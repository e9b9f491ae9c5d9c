import { Fragment, type ReactNode } from 'react'

const link = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}，。；：！？）】])|([\w.+-]+@[\w-]+\.[\w.-]*\w)/g

/** Plain text with its links made clickable. Never HTML. */
export function Text({ text }: { text: string }) {
  const parts: ReactNode[] = []
  let from = 0
  for (const hit of text.matchAll(link)) {
    parts.push(text.slice(from, hit.index))
    const href = hit[1] ?? `mailto:${hit[0]}`
    parts.push(
      <a key={hit.index} href={href} target="_blank" rel="noopener noreferrer">
        {hit[0]}
      </a>,
    )
    from = hit.index + hit[0].length
  }
  parts.push(text.slice(from))
  return (
    <>
      {parts.map((part, at) => (
        <Fragment key={at}>{part}</Fragment>
      ))}
    </>
  )
}

/** Plain text with what was searched for marked in it, wherever it stands. */
export function Found({ text, q }: { text: string; q: string }) {
  const words = q.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return text
  const any = new RegExp(`(${words.map(it => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi')
  return text
    .split(any)
    .map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>))
}

/** Search highlights: the server marks hits with `<mark>`, and only that is honoured. */
export function Highlight({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/<\/?mark>/)
        .map((part, at) =>
          at % 2 === 1 ? <mark key={at}>{decode(part)}</mark> : <Fragment key={at}>{decode(part)}</Fragment>,
        )}
    </>
  )
}

function decode(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}
