// Runs beside a sanitised mail in its sandbox: says how high the mail is, and lets its pictures be enlarged.
(() => {
  const root = document.documentElement
  let told = 0
  const tell = () => {
    if (!document.body) return
    const body = document.body
    const around = root.getBoundingClientRect().height - body.getBoundingClientRect().height
    const bar = innerHeight - root.clientHeight
    const height = Math.ceil(around + Math.max(body.getBoundingClientRect().height, body.scrollHeight) + bar)
    if (height !== told) parent.postMessage({ mailHeight: (told = height) }, '*')
  }
  const fits = picture =>
    picture.naturalWidth <= picture.clientWidth * 1.2 && picture.naturalHeight <= picture.clientHeight * 1.2
  const offer = picture => {
    if (picture.dataset.zoom === 'full' || picture.closest('a')) return
    const can = picture.complete && picture.naturalWidth > 0 && !fits(picture)
    if (!can) {
      for (const name of ['data-zoom', 'tabindex', 'role', 'aria-pressed', 'aria-label']) picture.removeAttribute(name)
      return
    }
    picture.dataset.zoom = 'fit'
    picture.tabIndex = 0
    picture.setAttribute('role', 'button')
    picture.setAttribute('aria-pressed', 'false')
    let words = ''
    try {
      words = decodeURIComponent(location.hash.slice(1))
    } catch {
      // An address that somebody cut off has no words.
    }
    picture.setAttribute('aria-label', [picture.alt, words].filter(Boolean).join(', '))
  }
  const turn = event => {
    const picture = event.target
    if (!(picture instanceof HTMLImageElement) || !picture.dataset.zoom) return
    event.preventDefault()
    const full = picture.dataset.zoom === 'fit'
    picture.dataset.zoom = full ? 'full' : 'fit'
    picture.setAttribute('aria-pressed', String(full))
    tell()
  }
  const look = () => {
    for (const picture of document.images) offer(picture)
    tell()
  }
  document.addEventListener('click', turn)
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') turn(event)
  })
  document.addEventListener('load', look, true)
  document.addEventListener('DOMContentLoaded', () => {
    const observer = new ResizeObserver(look)
    observer.observe(root)
    observer.observe(document.body)
    look()
  })
  addEventListener('resize', look)
  addEventListener('load', look)
})()
