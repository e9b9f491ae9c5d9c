import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { assign } from '@/commands/assign'
import { CommandButton } from '@/commands/CommandButton'
import { pending } from '@/commands/pending'
import { priority } from '@/commands/priority'
import { snooze } from '@/commands/snooze'
import { solve } from '@/commands/solve'
import { tags } from '@/commands/tags'
import css from './inbox.module.css'

/** What can be done to all ticked tickets; the same commands as for one. */
export function BulkBar({ count, onAll, onNone }: { count: number; onAll(): void; onNone(): void }) {
  const { t } = useTranslation()
  return (
    <div className={css.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <strong className="num">{t('bulk.count', { count })}</strong>
      <div className={css.bulkTools}>
        {[solve, pending, snooze, assign, tags, priority].map(it => (
          <CommandButton key={it.id} command={it} />
        ))}
      </div>
      <Button variant="subtle" size="compact-xs" onClick={onAll}>
        {t('bulk.all')}
      </Button>
      <Button variant="subtle" size="compact-xs" color="gray" onClick={onNone}>
        {t('bulk.none')}
      </Button>
    </div>
  )
}
