import type { Editor } from '@tiptap/react'
import { useEffect, useImperativeHandle, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { applyMacro } from '@/commands/macro'
import { useCommandContext } from '@/commands/CommandProvider'
import { language } from '@/i18n'
import type { ArticleHit, Macro } from '@/api-types'
import { searchArticles } from '@/server/lists'
import { Icon, type IconName } from '@/ui/icons'
import css from './composer.module.css'
import type { Trigger } from './editor'

interface Option {
  id: string
  label: string
  detail?: string
  icon: IconName
  pick(): void
}
/** The macros on offer and the effect of choosing one, where there is no ticket. */
export interface MacroChoice {
  list: readonly Macro[]
  insert(id: string): void
}
export interface TriggerKeys {
  onKey(event: KeyboardEvent): boolean
}

/** What `/`, `#`, `?` and `@` offer, below the cursor. */
export function TriggerMenu({
  editor,
  trigger,
  onDone,
  macros,
  ref,
}: {
  editor: Editor
  trigger: Trigger
  onDone(): void
  macros?: MacroChoice
  ref: Ref<TriggerKeys>
}) {
  const { t } = useTranslation()
  const options = useOptions(editor, trigger, onDone, macros)
  const [at, setAt] = useState(0)
  useEffect(() => setAt(0), [trigger.query, trigger.sign])
  const current = Math.min(at, Math.max(0, options.length - 1))
  useImperativeHandle(
    ref,
    () => ({
      onKey: event => {
        if (event.isComposing) return false
        if (event.key === 'Escape') onDone()
        else if (options.length === 0) return false
        else if (event.key === 'ArrowDown') setAt((current + 1) % options.length)
        else if (event.key === 'ArrowUp') setAt((current + options.length - 1) % options.length)
        else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab')
          options[current]?.pick()
        else return false
        return true
      },
    }),
    [options, current, onDone],
  )
  const titles = {
    '/': t('composer.macros'),
    '#': t('composer.articles'),
    '?': t('composer.articles'),
    '@': t('composer.people'),
  }
  if (options.length === 0 && trigger.query.length > 12) return null
  return (
    <div
      className={css.triggers}
      role={options.length > 0 ? 'listbox' : 'status'}
      aria-label={titles[trigger.sign]}
    >
      <div className={css.triggerTitle} role="presentation">
        {titles[trigger.sign]}
      </div>
      {options.map((option, index) => (
        <div
          key={option.id}
          role="option"
          aria-selected={index === current}
          className={css.trigger}
          data-on={index === current}
          onMouseMove={() => setAt(index)}
          onMouseDown={event => {
            event.preventDefault()
            option.pick()
          }}
        >
          <Icon name={option.icon} />
          <span>{option.label}</span>
          {option.detail !== undefined && <small>{option.detail}</small>}
        </div>
      ))}
      {options.length === 0 && <div className={css.triggerEmpty}>{t('common.nothing')}</div>}
    </div>
  )
}

function useOptions(editor: Editor, trigger: Trigger, onDone: () => void, macros?: MacroChoice): Option[] {
  const read = useCommandContext()
  const [articles, setArticles] = useState<ArticleHit[]>([])
  const { sign, query, from, to } = trigger
  useEffect(() => {
    if (sign !== '#' && sign !== '?') return
    let stale = false
    const timer = window.setTimeout(() => {
      void searchArticles(query === '' ? '*' : query, language())
        .catch(() => [])
        .then(found => {
          if (!stale) setArticles(found.slice(0, 6))
        })
    }, 80)
    return () => {
      stale = true
      window.clearTimeout(timer)
    }
  }, [sign, query])
  if (sign === '#' || sign === '?') {
    // Those of the last query, until the next are here; what is taken away is what stands there now.
    return articles.map(it => ({
      id: it.id,
      label: it.title,
      detail: it.snippet.replace(/<[^>]+>/g, ''),
      icon: 'book',
      pick: () => {
        const href = new URL(it.url, location.origin).href
        editor
          .chain()
          .focus()
          .deleteRange({ from, to })
          .insertContent([
            { type: 'text', text: it.title, marks: [{ type: 'link', attrs: { href } }] },
            { type: 'text', text: ' ' },
          ])
          .run()
        onDone()
      },
    }))
  }
  const context = read()
  const matches = (text: string) => text.toLocaleLowerCase().includes(query.toLocaleLowerCase())
  if (sign === '/') {
    return (macros?.list ?? context.macros)
      .filter(it => matches(it.title))
      .slice(0, 7)
      .map(it => ({
        id: it.id,
        label: it.title,
        detail: it.text.replace(/\s+/g, ' ').slice(0, 80),
        icon: 'bolt',
        pick: () => {
          editor.chain().focus().deleteRange({ from, to }).run()
          onDone()
          if (macros === undefined) void applyMacro(read(), it.id)
          else macros.insert(it.id)
        },
      }))
  }
  return context.agents
    .filter(it => it.active && matches(`${it.name} ${it.email}`))
    .slice(0, 7)
    .map(it => ({
      id: it.id,
      label: it.name,
      detail: it.teams.map(team => team.name).join(', '),
      icon: 'user',
      pick: () => {
        editor
          .chain()
          .focus()
          .deleteRange({ from, to })
          .insertContent([
            { type: 'mention', attrs: { id: it.id, label: it.name } },
            { type: 'text', text: ' ' },
          ])
          .run()
        onDone()
      },
    }))
}
