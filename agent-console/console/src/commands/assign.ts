import { changeAll } from './change'
import { chooser } from './command'

export const assign = chooser({
  id: 'assign',
  label: 'command.assign',
  icon: 'userPlus',
  group: 'ticket',
  shortcut: 'a',
  enabled: ({ tickets }) => tickets.length > 0,
  choices: context => {
    const { agents, me, tickets, t } = context
    const current = tickets.length === 1 ? (tickets[0]?.assignee?.id ?? null) : undefined
    const others = agents.filter(it => it.active && it.id !== me.id)
    return [
      ...[me, ...others].map(agent => ({
        id: agent.id,
        label: agent.id === me.id ? t('assign.me', { name: agent.name }) : agent.name,
        detail: `${t(`status.${agent.status}`)} · ${agent.load}/${agent.capacity}`,
        icon: 'user' as const,
        active: current === agent.id,
        run: () => changeAll(context, t('said.assigned', { name: agent.name }), () => ({ assignee: agent.id })),
      })),
      {
        id: 'nobody',
        label: t('assign.nobody'),
        icon: 'userQuestion' as const,
        active: current === null,
        run: () => changeAll(context, t('said.unassigned'), () => ({ assignee: null })),
      },
    ]
  },
})
