import type { Host } from './host'
import { Icon } from './icons'
import type { Translate, Word } from './words'

/** Instead of the window's two pages while there is nothing to chat with. On a phone only its button leads away. */
export function Closed({ host, word, t }: { host: Host; word: Word; t: Translate }) {
  return (
    <main class="talk">
      <header class="bar">
        <h1>{t('chat')}</h1>
        <button type="button" class="icon" aria-label={t('close')} onClick={() => host.close()}>
          <Icon name="close" />
        </button>
      </header>
      <p class="quiet closed" role="status">
        {t(word)}
      </p>
    </main>
  )
}
