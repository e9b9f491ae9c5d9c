import { keyCaps } from '@/commands/keys'
import css from './ui.module.css'

export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={css.keys}>
      {keyCaps(shortcut).map((cap, at) => (
        <kbd key={at}>{cap}</kbd>
      ))}
    </span>
  )
}
