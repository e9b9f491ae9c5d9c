import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

interface RovingProps {
  children: ReactNode
  /** A selector for the focusable items. */
  items?: string
  /** Which arrow keys move the focus, besides Home and End. */
  keys?: 'vertical' | 'horizontal'
  role?: 'list' | 'toolbar' | 'navigation'
  label?: string
  className?: string
  /** In pixels, when the content doesn't determine it. */
  height?: number
}

const steps: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }

/** A group with a single tab stop: arrows move between items, and returning focuses the last one used. */
export function Roving({
  children,
  items = 'a, button',
  keys = 'vertical',
  role,
  label,
  className,
  height,
}: RovingProps) {
  const box = useRef<HTMLDivElement>(null)
  const all = () => Array.from(box.current?.querySelectorAll<HTMLElement>(items) ?? [])
  const stopAt = (one: HTMLElement | undefined) => all().forEach(it => (it.tabIndex = it === one ? 0 : -1))
  useEffect(() => {
    const root = box.current
    if (root === null) return undefined
    const settle = () => {
      const here = Array.from(root.querySelectorAll<HTMLElement>(items))
      const kept = here.filter(it => it.tabIndex === 0)
      const chosen =
        here.find(it => it === document.activeElement) ??
        (kept.length === 1 ? kept[0] : undefined) ??
        here.find(it => it.matches('[aria-current]:not([aria-current="false"]), [data-status="active"]')) ??
        here[0]
      here.forEach(it => {
        const wanted = it === chosen ? 0 : -1
        if (it.tabIndex !== wanted) it.tabIndex = wanted
      })
    }
    settle()
    const watch = new MutationObserver(settle)
    watch.observe(root, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [items])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const across = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    const end = event.key === 'Home' || event.key === 'End'
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (!end && (step === undefined || across !== (keys === 'horizontal'))) return
    const list = all()
    const at = list.findIndex(it => it === document.activeElement)
    if (at < 0) return
    const to = event.key === 'Home' ? list[0] : event.key === 'End' ? list.at(-1) : list[at + (step ?? 0)]
    if (to === undefined) return
    event.preventDefault()
    stopAt(to)
    to.focus()
  }
  return (
    <div
      ref={box}
      className={className}
      style={{ height }}
      role={role}
      aria-label={label}
      aria-orientation={role === 'toolbar' ? keys : undefined}
      onKeyDown={onKeyDown}
      onFocus={event => {
        const one = (event.target as HTMLElement).closest<HTMLElement>(items)
        if (one !== null) stopAt(one)
      }}
    >
      {children}
    </div>
  )
}
