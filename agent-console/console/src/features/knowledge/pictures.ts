/** What the server takes. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
export const pictureBytesMax = 5 * 1024 * 1024

export interface Picture {
  alt: string
  url: string
  from: number
  to: number
}

const shown = /!\[([^\]\n]*)\]\((\/help\/pictures\/[^)\s]+)\)/g

/** The article's own pictures, in the order of the text. */
export function picturesIn(body: string): Picture[] {
  return [...body.matchAll(shown)].map(hit => ({
    alt: hit[1] ?? '',
    url: hit[2] ?? '',
    from: hit.index,
    to: hit.index + hit[0].length,
  }))
}

/** The text with another description of its n-th picture. */
export function withAlt(body: string, at: number, alt: string): string {
  const picture = picturesIn(body)[at]
  if (picture === undefined) return body
  const clean = alt.replace(/[[\]\n]/g, ' ')
  return `${body.slice(0, picture.from)}![${clean}](${picture.url})${body.slice(picture.to)}`
}

/** The text with a picture as a paragraph of its own, at the end of the line that has the cursor. */
export function withPicture(body: string, cursor: number, url: string): string {
  const end = body.indexOf('\n', cursor)
  const before = (end < 0 ? body : body.slice(0, end)).trimEnd()
  const after = (end < 0 ? '' : body.slice(end)).trimStart()
  return [before, `![](${url})`, after].filter(it => it !== '').join('\n\n')
}

export function isPicture({ type }: { type: string }): boolean {
  return type.startsWith('image/')
}
