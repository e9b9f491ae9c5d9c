import { knownTags, loadTags } from '@/server/tags'
import { changeAll } from './change'
import { chooser, type Choice } from './command'

export const tags = chooser({
  id: 'tags',
  label: 'command.tags',
  icon: 'tag',
  group: 'ticket',
  shortcut: 'l',
  enabled: ({ tickets }) => tickets.length > 0,
  prepare: ({ client }) => loadTags(client),
  choices: (context, text) => {
    const { tickets, t } = context
    const typed = text.trim()
    const known = knownTags(context.client)
    const has = (tag: string) => tickets.length > 0 && tickets.every(it => it.tags.includes(tag))
    const toggle = (tag: string) => {
      const remove = has(tag)
      return changeAll(context, t(remove ? 'said.untagged' : 'said.tagged', { name: tag }), it => ({
        tags: remove ? it.tags.filter(old => old !== tag) : [...new Set([...it.tags, tag])],
      }))
    }
    const choices: Choice[] = [...known.filter(it => has(it.name)), ...known.filter(it => !has(it.name))].map(
      ({ name, tickets: used }) => ({
        id: `tag-${name}`,
        label: name,
        detail: used > 0 ? t('desk.tagUsed', { count: used }) : undefined,
        icon: 'tag',
        active: has(name),
        sticky: true,
        run: () => toggle(name),
      }),
    )
    if (typed !== '' && !known.some(it => it.name.toLocaleLowerCase() === typed.toLocaleLowerCase())) {
      choices.push({
        id: 'new',
        label: t('tags.create', { name: typed }),
        icon: 'plus',
        run: () => toggle(typed),
      })
    }
    return choices
  },
})
