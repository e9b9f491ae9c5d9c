const address = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;.[\]\\]+$/u

/** The address that a word holds, as `ann@shop.example` or `<ann@shop.example>`; null when it holds none. */
export function addressIn(word: string): string | null {
  const bare = word
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^[<("']+|[>)"'.,;]+$/gu, '')
  return address.test(bare) ? bare : null
}

/** Which of the words typed are addresses, each once, and which are not. What was there already stays. */
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
