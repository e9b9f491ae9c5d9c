/** Codes of regions without phone numbers of their own. */
const none = new Set('EU EZ UN ZZ XA XB QO AQ BV CP CQ DG EA GS HM IC PN TF UM'.split(' '))
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** All countries with their names in this language, sorted by name. */
export function regions(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const all = letters
    .flatMap(a => letters.map(b => a + b))
    .filter(code => !none.has(code))
    .map(value => ({ value, label: names.of(value) ?? '' }))
  // A country's obsolete code has the same name as its current one.
  const current = all.filter(
    (it, at) => it.label !== '' && all.findIndex(other => other.label === it.label) === at,
  )
  return current.sort((a, b) => a.label.localeCompare(b.label, language))
}
