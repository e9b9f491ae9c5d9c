/** The plain words of what the editor holds: paragraphs, lists with marks, links with their address. */
export function plainText(html: string, paragraphGap: '\n' | '\n\n' = '\n\n'): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  return blocksOf(page.body, paragraphGap).trim()
}

function blocksOf(node: Node, gap: string): string {
  const parts: string[] = []
  let inline = ''
  const flush = () => {
    if (inline.trim() !== '') parts.push(inline.trimEnd())
    inline = ''
  }
  node.childNodes.forEach(child => {
    const tag = child.nodeName.toLowerCase()
    switch (tag) {
      case 'p':
      case 'div':
      case 'h1':
      case 'h2':
      case 'h3':
      case 'pre':
        flush()
        parts.push(inlineOf(child))
        break
      case 'blockquote':
        flush()
        parts.push(
          blocksOf(child, gap)
            .split('\n')
            .map(line => `> ${line}`)
            .join('\n'),
        )
        break
      case 'ul':
      case 'ol':
        flush()
        parts.push(
          Array.from(child.childNodes)
            .filter(it => it.nodeName === 'LI')
            .map(
              (item, at) =>
                `${tag === 'ol' ? `${at + 1}.` : '-'} ${blocksOf(item, '\n').replace(/\n/g, '\n  ')}`,
            )
            .join('\n'),
        )
        break
      default:
        inline += inlineOf(child)
    }
  })
  flush()
  return parts.join(gap)
}

function inlineOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ''
  if (node.nodeName === 'BR') return '\n'
  const text = Array.from(node.childNodes).map(inlineOf).join('')
  const href = node instanceof HTMLAnchorElement ? (node.getAttribute('href') ?? '') : ''
  return href !== '' && href !== text && href !== `mailto:${text}` ? `${text} (${href})` : text
}

/** The agents named in a note. */
export function mentionsIn(html: string): string[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  return [
    ...new Set(
      Array.from(page.querySelectorAll('[data-mention]'), it => it.getAttribute('data-mention') ?? ''),
    ),
  ].filter(Boolean)
}

/** True when the words promise a file; the caller knows whether there is one. */
export function promisesFile(text: string): boolean {
  return /\battach(ed|ment|ing)?\b|附件|附上/i.test(
    text
      .split('\n')
      .filter(line => !line.startsWith('>'))
      .join('\n'),
  )
}

/** A name stands in the first lines of a signature, after a greeting at most. */
const signedLinesMax = 3

/** The part of the signature to append: it doesn't repeat the name that the text ends with. */
export function signOff(text: string, signature: string): string {
  const bare = (line: string | undefined) =>
    (line ?? '').replace(/^[\p{P}\s]+|[\p{P}\s]+$/gu, '').toLocaleLowerCase()
  const lines = signature.trim().split('\n')
  const last = bare(text.trim().split('\n').at(-1))
  const at = last === '' ? -1 : lines.slice(0, signedLinesMax).findIndex(line => bare(line) === last)
  return lines
    .slice(at + 1)
    .join('\n')
    .trim()
}
