import { changeAll } from './change'
import { chooser } from './command'

export const team = chooser({
  id: 'team',
  label: 'command.team',
  icon: 'team',
  group: 'ticket',
  shortcut: 't',
  enabled: ({ tickets, teams }) => tickets.length > 0 && teams.length > 0,
  choices: context =>
    context.teams.map(it => ({
      id: it.id,
      label: it.name,
      icon: 'team',
      active: context.tickets.length === 1 && context.tickets[0]?.team?.id === it.id,
      run: () => changeAll(context, context.t('said.team', { name: it.name }), () => ({ team: it.id })),
    })),
})
