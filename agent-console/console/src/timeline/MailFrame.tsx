import { useEffect, useRef, useState, type ReactNode } from 'react'
import css from './timeline.module.css'

interface FrameProps {
  url: string
  /** Written by us, so without colours of its own. */
  ours: boolean
  title: string
  children: ReactNode
}

/** Taller mails scroll in their frame. */
const heightMax = 2400

/**
 * A message's HTML in its sandbox. The one script that may run in there says how high the document is, and nothing
 * it says is taken for more than that. Until it does, the plain words stand there.
 */
export function MailFrame({ url, ours, title, children }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState<number | null>(null)
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (frame.current === null || event.source !== frame.current.contentWindow) return
      const said = (event.data as { height?: unknown } | null)?.height
      if (typeof said === 'number' && said > 0) setHeight(Math.min(heightMax, Math.ceil(said)))
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [])
  return (
    <div className={css.frameBox}>
      {height === null && children}
      <iframe
        ref={frame}
        className={css.frame}
        data-ours={ours}
        data-waiting={height === null}
        aria-hidden={height === null}
        tabIndex={height === null ? -1 : 0}
        height={height ?? 1}
        src={url}
        loading="lazy"
        sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        title={title}
      />
    </div>
  )
}
