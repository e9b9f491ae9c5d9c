import { Outlet, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CommandProvider } from '@/commands/CommandProvider'
import { CallBar } from '@/features/call/CallBar'
import { PasswordAgain } from '@/features/session/PasswordAgain'
import { StatusNotice } from '@/features/status/StatusNotice'
import { useMe } from '@/server/people'
import { Toasts } from '@/ui/Toasts'
import { WorkbenchProvider } from '@/workbench/Workbench'
import { Dialogs } from './Dialogs'
import { LiveProvider, useLive } from './Live'
import { BottomBar, Rail } from './Rail'
import css from './shell.module.css'

/** Everything behind the sign-in: rail, page, call bar, and what may open over them. */
export function Shell() {
  return (
    <WorkbenchProvider>
      <LiveProvider>
        <CommandProvider>
          <Frame />
        </CommandProvider>
      </LiveProvider>
    </WorkbenchProvider>
  )
}

function Frame() {
  const { t } = useTranslation()
  const { ticketId, articleId, customerId } = useParams({ strict: false })
  const me = useMe()
  const { connection, retry } = useLive()
  const deep = ticketId !== undefined || articleId !== undefined || customerId !== undefined
  return (
    <div className={css.shell} data-deep={deep}>
      <button type="button" className={css.skip} onClick={() => toPage()}>
        {t('desk.skip')}
      </button>
      {connection === 'offline' ? (
        <div className={css.banner} role="alert">
          {t('app.offline')}{' '}
          <button type="button" className={css.me} onClick={retry}>
            {t('app.retryNow')}
          </button>
        </div>
      ) : (
        <StatusNotice className={css.banner} />
      )}
      <Rail me={me} />
      <main className={css.main} id="page" tabIndex={-1}>
        <Outlet />
      </main>
      <div className={css.call}>
        <CallBar />
      </div>
      <BottomBar me={me} />
      <Dialogs />
      <PasswordAgain />
      <div className={css.toasts}>
        <Toasts />
      </div>
    </div>
  )
}

/** Focuses the first row of the list, or else the page. */
function toPage(): void {
  const page = document.getElementById('page')
  const first = page?.querySelector<HTMLElement>('[role="list"] a[tabindex="0"]')
  ;(first ?? page)?.focus()
}
