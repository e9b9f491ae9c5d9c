import { useEffect } from 'react'
import { ticketApi } from '@/server/tickets'

const beatMillis = 25_000

/** Says that I look at this ticket, as long as I do. */
export function usePresence(ticketId: string): void {
  useEffect(() => {
    const say = () => {
      const state = document.visibilityState === 'visible' ? 'viewing' : 'gone'
      void ticketApi.presence(ticketId, state).catch(() => undefined)
    }
    say()
    const timer = window.setInterval(say, beatMillis)
    document.addEventListener('visibilitychange', say)
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', say)
      void ticketApi.presence(ticketId, 'gone').catch(() => undefined)
    }
  }, [ticketId])
}
