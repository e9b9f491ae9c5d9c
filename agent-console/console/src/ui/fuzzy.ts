/**
 * How well a label matches the typed text; null when it doesn't. Words may be cut short and in any order ("me ass"),
 * initials match ("stp" for "Set to pending"), letters may be missing ("slv"), and one letter may be wrong ("asign",
 * "snoze", "solev").
 */
export function fuzzy(typed: string, label: string): number | null {
  const wanted = plain(typed)
  const text = plain(label)
  if (wanted === '') return 0
  if (text.startsWith(wanted)) return 100
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const parts = wanted.split(/\s+/)
  if (parts.every(part => words.some(word => word.startsWith(part)))) return 90
  if (text.includes(wanted)) return 80
  if (parts.every(part => text.includes(part))) return 70
  const joined = parts.join('')
  if (
    words.length > 1 &&
    joined.length > 1 &&
    words
      .map(it => it[0])
      .join('')
      .startsWith(joined)
  )
    return 65
  if (joined.length < 3) return null
  if (parts.every(part => words.some(word => almost(part, word)))) return 50
  return inOrder(joined, text) ? 30 : null
}

/** The matches, best first; ties keep their order. */
export function ranked<T>(typed: string, items: readonly T[], label: (item: T) => string): T[] {
  return items
    .map(item => ({ item, score: fuzzy(typed, label(item)) }))
    .filter((it): it is { item: T; score: number } => it.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(it => it.item)
}

function plain(text: string): string {
  return text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}

/** True when the word begins with the typed text except for one letter: wrong, missing, extra or swapped. */
function almost(part: string, word: string): boolean {
  if (part.length < 4) return word.startsWith(part)
  return [-1, 0, 1].some(more => oneApart(part, word.slice(0, part.length + more)))
}

function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  if (a.slice(at + 1) === b.slice(at + 1) || a.slice(at) === b.slice(at + 1) || a.slice(at + 1) === b.slice(at))
    return true
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}

/** All letters occur in order, the first at the start of a word and each close to the one before. */
function inOrder(letters: string, text: string): boolean {
  const gapMax = 4
  for (let start = 0; start < text.length; start++) {
    if (text[start] !== letters[0] || (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1] ?? ''))) continue
    let from = start
    let fits = true
    for (const letter of letters.slice(1)) {
      const hit = text.indexOf(letter, from + 1)
      if (hit < 0 || hit - from > gapMax) {
        fits = false
        break
      }
      from = hit
    }
    if (fits) return true
  }
  return false
}
