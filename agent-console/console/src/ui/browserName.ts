const browsers: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const first = (of: readonly [RegExp, string][], text: string) => of.find(([sign]) => sign.test(text))?.[1]

/** The common name of the browser behind this `User-Agent`; null for unknown ones. */
export function browserName(client: string): string | null {
  const names = [first(browsers, client), first(systems, client)].filter(it => it !== undefined)
  return names.length === 0 ? null : names.join(', ')
}
