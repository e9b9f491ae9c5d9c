import { Fragment, type ReactNode } from 'react'

/** Previews common Markdown: headings, lists, quotes, code, links, pictures, bold, italic. Never HTML. */
export function Markdown({ text }: { text: string }) {
  return (
    <>
      {blocksOf(text).map((block, at) => (
        <Fragment key={at}>{block}</Fragment>
      ))}
    </>
  )
}

function blocksOf(text: string): ReactNode[] {
  const fenced = text.split(/^```.*$/m)
  return fenced.flatMap((part, at): ReactNode[] =>
    at % 2 === 1
      ? [
          <pre key={at}>
            <code>{part.trim()}</code>
          </pre>,
        ]
      : part
          .split(/\n{2,}/)
          .filter(it => it.trim() !== '')
          .map(block),
  )
}

function block(source: string): ReactNode {
  const lines = source.trim().split('\n')
  const heading = /^(#{1,4})\s+(.*)$/.exec(lines[0] ?? '')
  if (heading !== null) {
    const rest = lines.slice(1).join('\n')
    const words = inline(heading[2] ?? '')
    const title =
      heading[1] === '#' ? <h2>{words}</h2> : heading[1] === '##' ? <h2>{words}</h2> : <h3>{words}</h3>
    return (
      <>
        {title}
        {rest.trim() !== '' && block(rest)}
      </>
    )
  }
  if (lines.every(it => /^\s*[-*+]\s/.test(it)))
    return (
      <ul>
        {lines.map((it, at) => (
          <li key={at}>{inline(it.replace(/^\s*[-*+]\s/, ''))}</li>
        ))}
      </ul>
    )
  if (lines.every(it => /^\s*\d+[.)]\s/.test(it)))
    return (
      <ol>
        {lines.map((it, at) => (
          <li key={at}>{inline(it.replace(/^\s*\d+[.)]\s/, ''))}</li>
        ))}
      </ol>
    )
  if (lines.every(it => it.startsWith('>')))
    return <blockquote>{inline(lines.map(it => it.replace(/^>\s?/, '')).join(' '))}</blockquote>
  return <p>{inline(lines.join('\n'))}</p>
}

const picture = /!\[([^\]]*)\]\((\/[^)\s]+)\)/
const marks = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^)\s]+|\/[^)\s]*)\)/
const spans = new RegExp(`${picture.source}|${marks.source}`, 'g')

function inline(text: string): ReactNode[] {
  const out: ReactNode[] = []
  let from = 0
  for (const hit of text.matchAll(spans)) {
    out.push(text.slice(from, hit.index))
    const [whole, alt, src, bold, italic, code, label, href] = hit
    const key = hit.index
    out.push(
      src !== undefined ? (
        <img key={key} src={src} alt={alt} loading="lazy" />
      ) : bold !== undefined ? (
        <strong key={key}>{bold}</strong>
      ) : italic !== undefined ? (
        <em key={key}>{italic}</em>
      ) : code !== undefined ? (
        <code key={key}>{code}</code>
      ) : (
        <a key={key} href={href} target="_blank" rel="noopener noreferrer">
          {label}
        </a>
      ),
    )
    from = hit.index + whole.length
  }
  out.push(text.slice(from))
  return out
}
