import { snoozePresets } from '@/ui/time'
import { changeAll } from './change'
import { chooser } from './command'

export const snooze = chooser({
  id: 'snooze',
  label: 'command.snooze',
  icon: 'clock',
  group: 'ticket',
  shortcut: 'z',
  enabled: ({ tickets }) => tickets.some(it => it.status !== 'solved'),
  choices: context => [
    ...snoozePresets(new Date()).map(({ name, until }) => ({
      id: name,
      label: context.t(`snooze.${name}`),
      detail: until.toLocaleString(document.documentElement.lang, {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        month: 'short',
        day: 'numeric',
      }),
      icon: 'clock' as const,
      run: () =>
        changeAll(context, context.t('said.snoozed'), () => ({
          status: 'snoozed',
          snoozedUntil: until.toISOString(),
        })),
    })),
    {
      id: 'custom',
      label: context.t('snooze.custom'),
      icon: 'pencil' as const,
      run: () => context.bench.open({ kind: 'snooze' }),
    },
  ],
})
