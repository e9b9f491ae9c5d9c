import type { Agent, Customer, Macro } from '@/api-types'

/** Values for a macro's variables before there is a ticket. */
export interface Known {
  customer: Customer | undefined
  agent: Pick<Agent, 'name'>
  subject: string
}

const variable = /\{\{\s*([A-Za-z]{1,20}[._ ][A-Za-z_]{1,20})\s*}}/g
const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

function valueOf(name: string, { customer, agent, subject }: Known): string | undefined {
  const [first, ...last] = (customer?.name ?? '').split(' ')
  switch (name.toLowerCase().replace(/[._ ]/g, '')) {
    case 'customername':
    case 'customerfullname':
      return customer?.name ?? undefined
    case 'customerfirst':
    case 'customerfirstname':
      return first
    case 'customerlast':
    case 'customerlastname':
      return last.join(' ')
    case 'customercompany':
      return customer?.company ?? undefined
    case 'customeremail':
      return customer?.identities.find(it => it.kind === 'email')?.value
    case 'agentname':
      return agent.name
    case 'agentfirst':
    case 'agentfirstname':
      return agent.name.split(' ')[0]
    case 'ticketsubject':
      return subject
    default:
      return undefined
  }
}

/** The macro's text with known values filled in; variables without a value stay and are reported. */
export function filled(macro: Pick<Macro, 'text' | 'html'>, known: Known) {
  const unknown = new Set<string>()
  const fill = (text: string, written: (value: string) => string) =>
    text.replace(variable, (whole, name: string) => {
      const value = valueOf(name, known)
      if (value !== undefined && value !== '') return written(value)
      unknown.add(name)
      return whole
    })
  const html = macro.html ? fill(macro.html, escaped) : null
  return { text: fill(macro.text, it => it), html, unknown: [...unknown] }
}
