// What this browser remembers. A browser that may store nothing forgets, and works.
export function recall(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem('demo:' + key)) ?? otherwise
  } catch {
    return otherwise
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem('demo:' + key, JSON.stringify(value))
  } catch {
    // Nothing to be done, and nothing lost that matters.
  }
}

export const byId = id => document.getElementById(id)

const words = JSON.parse(document.body.dataset.words)

/** The words of the page's language, with `{name}` filled in. */
export function say(word, values = {}) {
  return words[word].replace(/\{(\w+)\}/g, (_, name) => values[name])
}

/** GET of a list; null when it cannot be had now. */
export async function list(path) {
  try {
    const answer = await fetch(path)
    return answer.ok ? (await answer.json()).items : null
  } catch {
    return null
  }
}
