import { lazy, Suspense } from 'react'
import { withWords } from '@/i18n'
import type { Call } from '@/api-types'
import { myCall } from '@/commands/call'
import { useLiveCalls } from '@/server/lists'
import { useMe, useSession } from '@/server/people'

const CallCard = lazy(() => withWords(import('./CallCard')).then(it => ({ default: it.CallCard })))
const DemoPhone = lazy(() => withWords(import('./DemoPhone')).then(it => ({ default: it.DemoPhone })))

/** States in which the agent's own phone rings or is in use. */
const onPhone = new Set<Call['state']>(['ringing-agent', 'active', 'held'])

/** My call: offered, ringing on my own phone, active, held, or just over. */
export function CallBar() {
  const me = useMe()
  const calls = useLiveCalls().data ?? []
  const mine =
    myCall({ calls, me }, 'offered') ?? myCall({ calls, me }, 'active', 'held', 'ringing-agent', 'wrapup')
  const demo = useSession().settings.demo
  if (mine === undefined) return null
  return (
    <Suspense>
      <CallCard call={mine} />
      {demo && me.phone && onPhone.has(mine.state) && <DemoPhone number={me.phone} />}
    </Suspense>
  )
}
