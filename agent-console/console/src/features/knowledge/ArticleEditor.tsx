import { Select, Textarea, TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article } from '@/api-types'
import { categoryName, useArticle, useCategories, useTranslations } from '@/server/lists'
import { ErrorState, Waiting } from '@/ui/State'
import { Bar } from './Bar'
import { History } from './History'
import css from './knowledge.module.css'
import { Languages, locales } from './Languages'
import { Markdown } from './Markdown'
import { PictureButton, PictureList, usePictures } from './Pictures'
import { withPicture } from './pictures'
import { useArticleForm, type ArticleForm, type Translating } from './useArticleForm'

export function ArticleEditor({ id }: { id: string }) {
  const { t } = useTranslation()
  const { from, to } = useSearch({ from: '/inside/knowledge' })
  const isNew = id === 'new'
  const translates = isNew && from !== undefined && to !== undefined
  const found = useArticle(isNew ? (translates ? from : null) : id)
  if (isNew && !translates) return <Form article={null} />
  if (found.data !== undefined) {
    return translates ? (
      <Form key={from + to} article={null} translating={{ source: found.data, locale: to }} />
    ) : (
      <Form key={id} article={found.data} />
    )
  }
  if (found.isError) {
    return (
      <ErrorState error={found.error} retry={() => void found.refetch()}>
        <Link to="/knowledge" search={old => old}>
          {t('command.back')}
        </Link>
      </ErrorState>
    )
  }
  return <Waiting lines={8} />
}

function Form({ article, translating }: { article: Article | null; translating?: Translating }) {
  const { t } = useTranslation()
  const writing = useArticleForm(article, translating)
  const { form, changed, finish } = writing
  const [side, setSide] = useState('write')
  const [history, setHistory] = useState(false)
  const pairs = useTranslations(article?.id ?? null).data ?? []
  const others = translating === undefined ? pairs.filter(it => it.id !== article?.id) : [translating.source]
  const other = others.find(it => it.id === side)
  return (
    <form
      className={css.form}
      onSubmit={event => {
        event.preventDefault()
        void finish()
      }}
    >
      <Bar
        article={article}
        writing={writing}
        side={other === undefined && side !== 'preview' ? 'write' : side}
        others={others}
        onSide={setSide}
        onHistory={() => setHistory(true)}
      />
      {history && article !== null && (
        <History
          article={article}
          unsaved={changed}
          onRestore={writing.restore}
          onClose={() => setHistory(false)}
        />
      )}
      <div className={css.paper}>
        {other !== undefined ? (
          <Shown title={other.title} body={other.body} lang={other.locale} />
        ) : side === 'preview' ? (
          <Shown title={form.title} body={form.body} lang={form.locale} />
        ) : (
          <>
            <h1 className="sr">{form.title || t('article.title')}</h1>
            {translating !== undefined && (
              <p className={css.hint}>
                {t('writing.translating', {
                  title: translating.source.title,
                  language: t(`language.${form.locale === 'en' ? 'en' : 'zh-CN'}`),
                })}
              </p>
            )}
            <Fields article={article} writing={writing} placeholder={translating?.source.title} />
          </>
        )}
      </div>
    </form>
  )
}

function Shown({ title, body, lang }: { title: string; body: string; lang: string }) {
  return (
    <article className={css.preview} lang={lang}>
      <h1>{title}</h1>
      <Markdown text={body} />
    </article>
  )
}

interface FieldsProps {
  article: Article | null
  writing: ArticleForm
  placeholder: string | undefined
}

function Fields({ article, writing, placeholder }: FieldsProps) {
  const { t } = useTranslation()
  const { form, setForm, changed, finish } = writing
  const text = useRef<HTMLTextAreaElement>(null)
  const [fresh, setFresh] = useState<string | null>(null)
  const pictures = usePictures(url => {
    const cursor = text.current?.selectionStart ?? Infinity
    setForm(old => ({ ...old, body: withPicture(old.body, cursor, url) }))
    setFresh(url)
  })
  const field = (name: 'title' | 'summary' | 'body') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  return (
    <>
      <TextInput
        variant="unstyled"
        classNames={{ input: css.title }}
        placeholder={placeholder === undefined ? t('article.title') : t('writing.titleOf', { title: placeholder })}
        aria-label={t('article.title')}
        required
        {...field('title')}
      />
      <TextInput
        variant="unstyled"
        maxLength={1000}
        placeholder={t('writing.summary')}
        aria-label={t('writing.summary')}
        {...field('summary')}
      />
      <div className={css.meta}>
        {article === null ? (
          <NewLanguage writing={writing} fixed={placeholder !== undefined} />
        ) : (
          <Languages article={article} onLeave={() => (changed ? finish() : Promise.resolve(true))} />
        )}
        <Category writing={writing} />
        <PictureButton busy={pictures.uploading} onFiles={files => void pictures.add(files)} />
      </div>
      <Textarea
        ref={text}
        variant="unstyled"
        classNames={{ input: css.text }}
        autosize
        minRows={18}
        placeholder={t('article.body')}
        aria-label={t('article.body')}
        aria-describedby="picture-hint"
        {...pictures.target}
        {...field('body')}
      />
      <p id="picture-hint" className={css.hint}>
        {t('writing.pictureHint')}
      </p>
      <PictureList body={form.body} fresh={fresh} onChange={body => setForm({ ...form, body })} />
    </>
  )
}

function NewLanguage({ writing: { form, setForm }, fixed }: { writing: ArticleForm; fixed: boolean }) {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      w={170}
      value={form.locale}
      allowDeselect={false}
      disabled={fixed}
      aria-label={t('profile.language')}
      onChange={it => setForm({ ...form, locale: it ?? 'en' })}
      data={locales.map(it => ({ value: it, label: t(`language.${it}`) }))}
    />
  )
}

function Category({ writing: { form, setForm } }: { writing: ArticleForm }) {
  const { t } = useTranslation()
  const categories = useCategories().data ?? []
  return (
    <Select
      size="xs"
      value={form.categoryId}
      placeholder={t('article.category')}
      aria-label={t('article.category')}
      onChange={categoryId => setForm({ ...form, categoryId })}
      data={categories.map(it => ({ value: it.id, label: categoryName(it, form.locale) }))}
    />
  )
}
