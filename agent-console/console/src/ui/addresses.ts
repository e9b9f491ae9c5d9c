const address = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;.[\]\\]+$/u

/** The address in a word, as `ann@shop.example` or `<ann@shop.example>`; null if there is none. */
export function addressIn(word: string): string | null {
  const bare = word
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^[<("']+|[>)"'.,;]+$/gu, '')
  return address.test(bare) ? bare : null
}

/** Splits typed words into addresses, without duplicates, and others. Earlier entries stay. */
export function addressesIn(words: readonly string[], before: readonly string[]) {
  const taken: string[] = []
  const refused: string[] = []
  for (const word of words) {
    const found = before.includes(word) ? word : addressIn(word)
    if (found === null) refused.push(word)
    else if (!taken.some(it => it.toLowerCase() === found.toLowerCase())) taken.push(found)
  }
  return { taken, refused }
}
