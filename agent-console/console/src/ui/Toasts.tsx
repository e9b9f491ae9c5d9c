import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { attempt } from '@/commands/change'
import { useWorkbench, type Toast } from '@/workbench/Workbench'
import { Icon } from './icons'
import { useNow } from './time'
import css from './ui.module.css'

export function Toasts() {
  const { toasts } = useWorkbench()
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {toasts.map(toast => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function OneToast({ toast }: { toast: Toast }) {
  const bench = useWorkbench()
  const { dismiss } = bench
  const { t } = useTranslation()
  const now = useNow(1)
  const undo = () => {
    dismiss(toast.id)
    void attempt({ bench, t }, async () => toast.undo?.())
  }
  return (
    <div className={css.toast} data-tone={toast.tone}>
      <span>{toast.text}</span>
      {toast.undo !== undefined && (
        <>
          <span className={css.left}>{Math.max(0, Math.ceil((toast.until - now) / 1000))}</span>
          <UnstyledButton onClick={undo}>{t('action.undo')}</UnstyledButton>
        </>
      )}
      <UnstyledButton onClick={() => dismiss(toast.id)} aria-label={t('action.dismiss')}>
        <Icon name="x" size={14} />
      </UnstyledButton>
    </div>
  )
}
