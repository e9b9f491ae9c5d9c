import { Button, Modal, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Category } from '@/api-types'
import { attempt } from '@/commands/change'
import { language } from '@/i18n'
import { keys } from '@/server/keys'
import { categoryName, useCategories } from '@/server/lists'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './knowledge.module.css'

const locales = ['en', 'zh-CN'] as const

/** The shelves of the help centre: a list, and the form of the one that is open. */
export function Categories({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const categories = useCategories().data ?? []
  const [open, setOpen] = useState<Category | 'new' | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('category.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {open !== null ? (
        <Form category={open === 'new' ? null : open} onDone={() => setOpen(null)} />
      ) : (
        <div className={css.categories}>
          {categories.length === 0 && <p>{t('category.none')}</p>}
          {categories.map(it => (
            <Button key={it.id} variant="default" justify="flex-start" onClick={() => setOpen(it)}>
              <span className={css.shelf}>{categoryName(it, language())}</span>
            </Button>
          ))}
          <Button leftSection={<Icon name="plus" />} onClick={() => setOpen('new')}>
            {t('category.new')}
          </Button>
        </div>
      )}
    </Modal>
  )
}

function Form({ category, onDone }: { category: Category | null; onDone(): void }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const [title, setTitle] = useState<Record<string, string>>(category?.title ?? {})
  const [description, setDescription] = useState<Record<string, string>>(category?.description ?? {})
  const [position, setPosition] = useState<number | null>(category?.position ?? null)
  const [busy, setBusy] = useState(false)
  const [sure, setSure] = useState(false)
  const run = async (said: string, work: () => Promise<unknown>) => {
    setBusy(true)
    const done = await attempt({ bench, t }, async () => {
      await work()
      await client.invalidateQueries({ queryKey: keys.categories })
      bench.toast(said)
      onDone()
    })
    setBusy(false)
    return done
  }
  const save = () => {
    const body = {
      title: written(title),
      description: written(description),
      ...(position === null ? {} : { position }),
    }
    return run(t('said.saved'), () =>
      category === null ? api.post('/categories', body) : api.patch(`/categories/${category.id}`, body),
    )
  }
  return (
    <form
      className={css.categories}
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      {locales.map(locale => (
        <TextInput
          key={locale}
          label={t('category.name', { language: t(`language.${locale}`) })}
          maxLength={200}
          value={title[locale] ?? ''}
          onChange={event => setTitle({ ...title, [locale]: event.currentTarget.value })}
        />
      ))}
      {locales.map(locale => (
        <Textarea
          key={locale}
          label={t('category.description', { language: t(`language.${locale}`) })}
          autosize
          maxLength={1000}
          value={description[locale] ?? ''}
          onChange={event => setDescription({ ...description, [locale]: event.currentTarget.value })}
        />
      ))}
      <NumberInput
        label={t('category.position')}
        allowDecimal={false}
        min={0}
        max={9999}
        value={position ?? ''}
        onChange={it => setPosition(typeof it === 'number' ? it : null)}
      />
      <div className={css.categoryEnd}>
        {category !== null && (
          <Button
            variant={sure ? 'filled' : 'subtle'}
            color="red.8"
            mr="auto"
            disabled={busy}
            onClick={() =>
              sure
                ? void run(t('said.deleted'), () => api.delete(`/categories/${category.id}`))
                : setSure(true)
            }
          >
            {sure ? t('action.sure') : t('action.delete')}
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={Object.keys(written(title)).length === 0}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}

function written(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
}
