import { useEffect, useRef, useState, type ReactNode } from 'react'
import css from './timeline.module.css'

interface FrameProps {
  url: string
  /** Written by us, so without colours of its own. */
  ours: boolean
  title: string
  /** The plain words of the same message. */
  children: ReactNode
}

/** Lower mails leave room, taller ones scroll in their frame. */
const heightMin = 96
const heightMax = 720
/** Layout takes more room than words alone. */
const roomFactor = 1.2
const roomAdded = 40

/**
 * A message's HTML in its sandbox, where nothing runs: the frame cannot say how high its document is, so it gets the
 * room that the plain words would take, and a little more.
 */
export function MailFrame({ url, ours, title, children }: FrameProps) {
  const words = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(heightMin)
  useEffect(() => {
    const measured = words.current
    if (measured === null) return
    const observer = new ResizeObserver(() => {
      const wanted = Math.round(measured.offsetHeight * roomFactor) + roomAdded
      setHeight(Math.min(heightMax, Math.max(heightMin, wanted)))
    })
    observer.observe(measured)
    return () => observer.disconnect()
  }, [])
  return (
    <div className={css.frameBox}>
      <div ref={words} className={css.frameWords} aria-hidden>
        {children}
      </div>
      <iframe
        className={css.frame}
        data-ours={ours}
        height={height}
        src={url}
        loading="lazy"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        title={title}
      />
    </div>
  )
}
