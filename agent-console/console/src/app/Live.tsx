import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '@/api-types'
import { applyChange, applyHint, touchesLists } from '@/live/apply'
import type { Change } from '@/live/frames'
import { announce, showUnread } from '@/live/notify'
import { Stream, type Connection } from '@/live/stream'
import { keys } from '@/server/keys'
import { useViews } from '@/server/tickets'

const Context = createContext<{ connection: Connection; retry(): void }>({
  connection: 'connecting',
  retry: () => undefined,
})

export function useLive() {
  return useContext(Context)
}

/** Lists are fetched again at most this often, however many changes arrive. */
const listRefreshMillis = 900

/** Holds the stream open and keeps the cache, the title and the notifications in step with it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const router = useRouter()
  const { t } = useTranslation()
  const [connection, setConnection] = useState<Connection>('connecting')
  const stream = useRef<Stream | null>(null)
  const words = useRef(t)
  words.current = t
  const views = useViews().data
  const unread = views?.find(it => it.view === 'mine')?.unread ?? 0

  useEffect(() => showUnread(unread), [unread])
  useEffect(() => {
    const refreshLists = throttled(listRefreshMillis, () => {
      void client.invalidateQueries({ queryKey: keys.ticketLists })
      void client.invalidateQueries({ queryKey: keys.views })
    })
    // The session was fetched first, so a stream that starts there misses no change and repeats none.
    const since = client.getQueryData<Session>(keys.session)?.settings.seq ?? null
    const live = new Stream(
      {
        onConnection: state => {
          // Viewers who left during an outage aren't reported; only those still present are. So start empty.
          if (state === 'online') client.setQueriesData({ queryKey: ['presence'] }, [])
          setConnection(state)
        },
        onHint: frame => applyHint(client, frame),
        onRefetch: () => void client.invalidateQueries({ predicate: it => it.queryKey[0] !== 'presence' }),
        onSignedOut: () => void router.navigate({ to: '/sign-in', search: { back: location.pathname } }),
        onChange: change => {
          applyChange(client, change)
          if (touchesLists(change)) refreshLists()
          if (concernsMe(client, change)) {
            announce(change, words.current, path => router.history.push(`/console${path}`))
          }
        },
      },
      since,
    )
    stream.current = live
    live.open()
    return () => live.close()
  }, [client, router])

  const value = useMemo(() => ({ connection, retry: () => stream.current?.retryNow() }), [connection])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

function concernsMe(client: QueryClient, change: Change): boolean {
  const me = client.getQueryData<Session>(keys.session)?.agent.id
  if (change.call !== undefined) return change.call.state === 'offered' && change.call.agent?.id === me
  return (
    change.item?.direction === 'inbound' && change.item.kind !== 'event' && change.ticket?.assignee?.id === me
  )
}

/** Runs at once, then at most once per `millis`, always once more after the last call. */
function throttled(millis: number, work: () => void): () => void {
  let waiting = false
  let again = false
  return function run() {
    if (waiting) {
      again = true
      return
    }
    waiting = true
    work()
    window.setTimeout(() => {
      waiting = false
      if (again) {
        again = false
        run()
      }
    }, millis)
  }
}
