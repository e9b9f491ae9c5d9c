import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, call } from '@/api'
import type { Uploaded } from '@/api-types'
import { useWorkbench } from '@/workbench/Workbench'
import type { DraftChange } from '@/server/drafts'

/** What the server takes at most, in bytes (one blob). */
const sizeBytesMax = 25 * 1024 * 1024

/** Uploads files as they are dropped, pasted or picked; the draft remembers what is there. */
export function useAttachments(change: (patch: DraftChange) => void) {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const [uploading, setUploading] = useState(0)
  const add = async (files: Iterable<File>) => {
    const added: Uploaded[] = []
    for (const file of files) {
      if (file.size > sizeBytesMax) {
        toast(t('composer.tooBig', { name: file.name }), { tone: 'error' })
        continue
      }
      setUploading(count => count + 1)
      try {
        const form = new FormData()
        form.append('file', file, file.name)
        added.push(await call<Uploaded>('POST', '/attachments', { body: form }))
      } catch (cause) {
        toast(cause instanceof ApiError && cause.status !== 0 ? cause.message : t('error.offline'), {
          tone: 'error',
        })
      } finally {
        setUploading(count => count - 1)
      }
    }
    if (added.length > 0) change(old => ({ attachments: [...old.attachments, ...added], sendKey: undefined }))
  }
  const remove = (id: string) =>
    change(old => ({ attachments: old.attachments.filter(it => it.id !== id), sendKey: undefined }))
  return { uploading, add, remove }
}
