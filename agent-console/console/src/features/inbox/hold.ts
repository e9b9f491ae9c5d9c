/**
 * Keeps rows where the eye left them. While the list is held, tickets that arrive or move up wait behind a pill;
 * those that left disappear, those loaded at the end are added at the end.
 */
export function hold(held: readonly string[], fresh: readonly string[]): { shown: string[]; waiting: number } {
  const known = new Set(held)
  const present = new Set(fresh)
  const shown = held.filter(id => present.has(id))
  let lastKnown = -1
  fresh.forEach((id, at) => {
    if (known.has(id)) lastKnown = at
  })
  const tail = fresh.filter((id, at) => !known.has(id) && at > lastKnown)
  const waiting = fresh.filter((id, at) => !known.has(id) && at < lastKnown).length
  return { shown: [...shown, ...tail], waiting }
}
