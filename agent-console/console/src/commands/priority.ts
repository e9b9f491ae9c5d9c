import type { Priority } from '@/api-types'
import { changeAll } from './change'
import { chooser } from './command'

export const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

export const priority = chooser({
  id: 'priority',
  label: 'command.priority',
  icon: 'flag',
  group: 'ticket',
  shortcut: 'p',
  enabled: ({ tickets }) => tickets.length > 0,
  choices: context =>
    priorities.map(it => ({
      id: it,
      label: context.t(`priority.${it}`),
      icon: 'flag',
      active: context.tickets.length === 1 && context.tickets[0]?.priority === it,
      run: () =>
        changeAll(context, context.t('said.priority', { name: context.t(`priority.${it}`) }), () => ({
          priority: it,
        })),
    })),
})
