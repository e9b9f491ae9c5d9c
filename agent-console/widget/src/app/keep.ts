/** What the widget keeps in this browser, for one widget key; without storage it lives as long as the page. */
export class Keep {
  private readonly memory = new Map<string, string>()

  constructor(private readonly key: string) {}

  get(name: string): string | undefined {
    try {
      return localStorage.getItem(this.full(name)) ?? undefined
    } catch {
      return this.memory.get(name)
    }
  }

  set(name: string, value: string | undefined) {
    try {
      if (value === undefined) localStorage.removeItem(this.full(name))
      else localStorage.setItem(this.full(name), value)
    } catch {
      if (value === undefined) this.memory.delete(name)
      else this.memory.set(name, value)
    }
  }

  private full(name: string) {
    return `switchboard:${this.key}:${name}`
  }
}
