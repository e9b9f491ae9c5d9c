import { Button, Modal } from '@mantine/core'
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api'
import { Icon } from '@/ui/icons'
import { ErrorState, Waiting } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import css from './settings.module.css'

export function Head({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <header className={css.head}>
      <div>
        <h2>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </div>
      {children}
    </header>
  )
}

export function AddButton({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <Button leftSection={<Icon name="plus" />} onClick={onClick}>
      {label}
    </Button>
  )
}

/** A list from the server in its three states. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children(data: T): ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <Waiting />
}

/** A form's values and the server's refusal of each; `save` closes over one request. */
export function useForm<T extends object>(first: T) {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const client = useQueryClient()
  const [values, setValues] = useState(first)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const set = (patch: Partial<T>) => setValues(old => ({ ...old, ...patch }))
  const text = (name: keyof T & string) => ({
    value: String(values[name] ?? ''),
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value } as Partial<T>),
  })
  const save =
    (
      work: (values: T) => Promise<unknown>,
      after: { refresh: readonly unknown[]; said?: string; done?(): void },
    ) =>
    async (event?: FormEvent) => {
      event?.preventDefault()
      setBusy(true)
      setErrors({})
      try {
        await work(values)
        await client.invalidateQueries({ queryKey: after.refresh })
        toast(after.said ?? t('said.saved'))
        after.done?.()
      } catch (cause) {
        const refusal = cause instanceof ApiError ? cause : new ApiError(0, 'offline', t('error.offline'))
        setErrors(Object.fromEntries(refusal.errors.map(it => [it.field, it.detail])))
        toast(
          refusal.status === 0
            ? t('error.offline')
            : refusal.code === 'stale'
              ? t('error.stale')
              : refusal.message,
          { tone: 'error', seconds: 7 },
        )
      } finally {
        setBusy(false)
      }
    }
  return { values, set, text, errors, busy, save }
}

export function FormDialog({
  title,
  busy,
  onSubmit,
  onClose,
  onDelete,
  deleteLabel,
  children,
  size = 'md',
}: {
  title: string
  busy: boolean
  onSubmit(event: FormEvent): void
  onClose(): void
  onDelete?: () => void
  deleteLabel?: string
  children: ReactNode
  size?: string
}) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={css.form} onSubmit={onSubmit}>
        {children}
        <div className={css.actions}>
          {onDelete !== undefined && (
            <Button
              variant={sure ? 'filled' : 'subtle'}
              color="red.8"
              mr="auto"
              onClick={() => (sure ? onDelete() : setSure(true))}
            >
              {sure ? t('action.sure') : (deleteLabel ?? t('action.delete'))}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** One line of a settings list: pressing it opens the form. */
export function Line({
  lead,
  title,
  mark,
  text,
  end,
  onClick,
  muted = false,
}: {
  lead?: ReactNode
  title: ReactNode
  /** Beside the title. */
  mark?: ReactNode
  text?: ReactNode
  end?: ReactNode
  onClick(): void
  muted?: boolean
}) {
  return (
    <button type="button" className={css.line} data-muted={muted} onClick={onClick}>
      {lead}
      <span className={css.lineText}>
        <b>
          {title}
          {mark}
        </b>
        {text !== undefined && <small>{text}</small>}
      </span>
      {end !== undefined && <span className={css.lineEnd}>{end}</span>}
      <Icon name="chevronRight" size={14} />
    </button>
  )
}
