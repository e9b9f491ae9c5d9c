import { api, ApiError } from '@/api'
import { language, setLanguage } from '@/i18n'
import { attempt } from './change'
import type { Command } from './command'

export const palette: Command = {
  id: 'palette',
  label: 'command.palette',
  icon: 'search',
  group: 'app',
  shortcut: 'mod+k',
  enabled: () => true,
  run: ({ bench }) => bench.open({ kind: 'palette' }),
}
export const search: Command = {
  id: 'search',
  label: 'command.search',
  icon: 'search',
  group: 'go',
  shortcut: '/',
  enabled: () => true,
  run: ({ go }) => go('/search'),
}
export const shortcuts: Command = {
  id: 'shortcuts',
  label: 'command.shortcuts',
  icon: 'keyboard',
  group: 'app',
  shortcut: '?',
  enabled: () => true,
  run: ({ bench }) => bench.open({ kind: 'shortcuts' }),
}
export const togglePanel: Command = {
  id: 'toggle-panel',
  label: 'command.togglePanel',
  icon: 'panel',
  group: 'app',
  shortcut: ']',
  enabled: () => true,
  run: ({ bench }) => bench.togglePane('panel'),
}
export const toggleNav: Command = {
  id: 'toggle-nav',
  label: 'command.toggleNav',
  icon: 'list',
  group: 'app',
  shortcut: '[',
  enabled: () => true,
  run: ({ bench }) => bench.togglePane('nav'),
}
export const darkMode: Command = {
  id: 'dark',
  label: 'command.dark',
  icon: 'moon',
  group: 'app',
  shortcut: 'd',
  enabled: () => true,
  run: ({ scheme }) => scheme.set(scheme.dark ? 'light' : 'dark'),
}
export const switchLanguage: Command = {
  id: 'language',
  label: 'command.language',
  icon: 'language',
  group: 'app',
  enabled: () => true,
  run: () => setLanguage(language() === 'en' ? 'zh-CN' : 'en'),
}
const setTo = (status: 'available' | 'away' | 'offline'): Command => ({
  id: `status-${status}`,
  label: `command.status.${status}`,
  icon: 'user',
  group: 'app',
  enabled: ({ me }) => me.status !== status,
  run: context => attempt(context, () => context.setStatus(status)).then(() => undefined),
})
export const statusCommands: readonly Command[] = [setTo('available'), setTo('away'), setTo('offline')]
export const signOut: Command = {
  id: 'sign-out',
  label: 'command.signOut',
  icon: 'logout',
  group: 'app',
  enabled: () => true,
  run: async context => {
    const { client, go } = context
    const over = await attempt(context, () =>
      api.delete('/session').catch((cause: unknown) => {
        if (!(cause instanceof ApiError && cause.status === 401)) throw cause
      }),
    )
    if (!over) return
    for (const name of Object.keys(sessionStorage)) sessionStorage.removeItem(name)
    client.clear()
    go('/sign-in')
  },
}
