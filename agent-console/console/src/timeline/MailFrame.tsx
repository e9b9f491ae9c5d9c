import { useEffect, useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { foldedHeight, frameHeight, isTall } from './frame-height'
import css from './timeline.module.css'

interface FrameProps {
  url: string
  /** Written by us, so without colours of its own. */
  ours: boolean
  title: string
  /** The plain words of the same message. */
  children: ReactNode
}

/** The height until the mail reports its own. */
const guessMin = 46
const guessMax = 720

/**
 * A message's HTML in a sandbox. Its only script is the server's; it reports the document's height. Until then the
 * frame is as high as the plain text. A tall mail is folded: its frame scrolls until the reader asks for all of it.
 */
export function MailFrame({ url, ours, title, children }: FrameProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const [guess, setGuess] = useState(guessMin)
  const [measured, setMeasured] = useState<number | null>(null)
  const [tall, setTall] = useState(false)
  const [open, setOpen] = useState(false)
  const more = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const box = words.current
    if (box === null) return
    const observer = new ResizeObserver(() => setGuess(Math.min(guessMax, Math.max(guessMin, box.offsetHeight))))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const listen = (message: MessageEvent<unknown>) => {
      if (message.source === null || message.source !== frame.current?.contentWindow) return
      const height = frameHeight(message.data)
      if (height === null) return
      setMeasured(height)
      setTall(was => isTall(was, height))
    }
    window.addEventListener('message', listen)
    return () => window.removeEventListener('message', listen)
  }, [])
  const turn = () => {
    flushSync(() => setOpen(!open))
    // Folding removes the part that the reader was looking at.
    if (open) more.current?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div>
      <div className={css.frameBox}>
        {measured === null && (
          <div ref={words} className={css.frameWords} aria-hidden>
            {children}
          </div>
        )}
        <iframe
          ref={frame}
          className={css.frame}
          data-ours={ours}
          height={tall && !open ? foldedHeight : (measured ?? guess)}
          src={`${url}?measure#${encodeURIComponent(t('mail.enlarge'))}`}
          loading="lazy"
          sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          title={title}
        />
      </div>
      {tall && (
        <button ref={more} type="button" className={css.fold} aria-expanded={open} onClick={turn}>
          {open ? t('mail.showLess') : t('mail.showAll')}
        </button>
      )}
    </div>
  )
}
