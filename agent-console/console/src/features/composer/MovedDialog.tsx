import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ItemView } from '@/timeline/ItemView'
import css from './composer.module.css'
import type { Moved } from './useSend'

/** Somebody wrote while the reply was being written: look first, then decide. */
export function MovedDialog({ moved, onSend, onEdit }: { moved: Moved; onSend(): void; onEdit(): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onEdit}
      title={t('moved.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={css.movedText}>{t('moved.text')}</p>
      <div className={css.movedItems}>
        {moved.items.map(item => (
          <ItemView key={item.id} item={item} />
        ))}
      </div>
      <div className={css.movedActions}>
        <Button variant="default" onClick={onSend}>
          {t('composer.sendAnyway')}
        </Button>
        <Button onClick={onEdit} data-autofocus>
          {t('moved.edit')}
        </Button>
      </div>
    </Modal>
  )
}
