import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Article } from '@/api-types'
import { Icon } from '@/ui/icons'
import css from './knowledge.module.css'
import type { ArticleForm } from './useArticleForm'

interface BarProps {
  article: Article | null
  writing: ArticleForm
  side: string
  /** The same article in other languages, to read beside the writing. */
  others: Article[]
  onSide(side: string): void
  onHistory(): void
}

export function Bar({ article, writing, side, others, onSide, onHistory }: BarProps) {
  const { t } = useTranslation()
  const { form, changed, busy, finish } = writing
  const untitled = form.title.trim() === ''
  return (
    <header className={css.bar}>
      <Link to="/knowledge" search={old => old} className={css.back} aria-label={t('command.back')}>
        <ActionIcon variant="subtle" color="gray" size={36} component="span">
          <Icon name="back" size={20} />
        </ActionIcon>
      </Link>
      <SegmentedControl
        size="xs"
        value={side}
        onChange={onSide}
        aria-label={t('article.side')}
        data={[
          { value: 'write', label: t('article.write') },
          { value: 'preview', label: t('article.preview') },
          ...others.map(it => ({ value: it.id, label: t(`language.${it.locale === 'en' ? 'en' : 'zh-CN'}`) })),
        ]}
      />
      <span className={css.grow} />
      {article !== null && (
        <Button
          className={css.minor}
          variant="subtle"
          color="gray"
          leftSection={<Icon name="clock" />}
          onClick={onHistory}
        >
          {t('history.open')}
        </Button>
      )}
      {article?.url && article.status === 'published' && (
        <Button
          component="a"
          className={css.minor}
          href={article.url}
          target="_blank"
          rel="noopener"
          variant="subtle"
          color="gray"
          leftSection={<Icon name="external" />}
        >
          {t('article.open')}
        </Button>
      )}
      {article !== null && article.status !== 'archived' && (
        <Button className={css.minor} variant="subtle" color="gray" onClick={() => void finish('archive')}>
          {t('article.archive')}
        </Button>
      )}
      <Button type="submit" variant="default" loading={busy} disabled={!changed || untitled}>
        {t('action.save')}
      </Button>
      <Button
        disabled={
          busy || untitled || (article?.status === 'published' && !changed && article.unpublishedChanges !== true)
        }
        onClick={() => void finish('publish')}
      >
        {t('article.publish')}
      </Button>
    </header>
  )
}
