import { useLayoutEffect, useState, type RefObject } from 'react'

/** Extra rows drawn beyond the edges, so that fast scrolling shows no gaps. */
const beyond = 8

/** The visible rows of equal height: the first, and the one after the last. */
export function inSight(top: number, height: number, rowHeight: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond)
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + beyond)
  return [Math.min(first, last), last]
}

/** Draws only the visible rows of a long list; all rows have one height. */
export function useRows(scroll: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const [[from, to], setRange] = useState<[number, number]>(() => inSight(0, 900, rowHeight, count))
  useLayoutEffect(() => {
    const box = scroll.current
    if (box === null) return undefined
    const look = () =>
      setRange(old => {
        const now = inSight(box.scrollTop, box.clientHeight, rowHeight, count)
        return now[0] === old[0] && now[1] === old[1] ? old : now
      })
    look()
    const watch = new ResizeObserver(look)
    watch.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [scroll, count, rowHeight])
  const reveal = (at: number) => {
    const box = scroll.current
    if (box === null) return
    const top = at * rowHeight
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight - box.clientHeight
  }
  const rows = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, at) => from + at)
  return { rows, height: count * rowHeight, reveal }
}
