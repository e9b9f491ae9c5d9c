import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '@/api'
import type { ArticlePicture } from '@/api-types'
import { attempt } from '@/commands/change'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './knowledge.module.css'
import { isPicture, pictureBytesMax, picturesIn, pictureTypes, withAlt } from './pictures'

/** Uploads pictures one after the other; what is no picture or too large is refused by name. */
export function usePictures(onAdded: (url: string) => void) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const [uploading, setUploading] = useState(0)
  const add = async (files: Iterable<File>) => {
    for (const file of files) {
      if (!pictureTypes.includes(file.type)) {
        bench.toast(t('writing.notPicture', { name: file.name }), { tone: 'error', seconds: 7 })
        continue
      }
      if (file.size > pictureBytesMax) {
        bench.toast(t('writing.pictureTooLarge', { name: file.name }), { tone: 'error', seconds: 7 })
        continue
      }
      setUploading(count => count + 1)
      await attempt({ bench, t }, async () => {
        const form = new FormData()
        form.append('file', file, file.name)
        onAdded((await call<ArticlePicture>('POST', '/articles/pictures', { body: form })).url)
      })
      setUploading(count => count - 1)
    }
  }
  /** Text keeps its own way; only files are taken. */
  const take = (event: ClipboardEvent | DragEvent, files: FileList | undefined) => {
    const list = [...(files ?? [])]
    if (list.length === 0 || ('clipboardData' in event && !list.some(isPicture))) return
    event.preventDefault()
    void add(list)
  }
  return {
    uploading: uploading > 0,
    add,
    target: {
      onPaste: (event: ClipboardEvent) => take(event, event.clipboardData.files),
      onDrop: (event: DragEvent) => take(event, event.dataTransfer.files),
      onDragOver: (event: DragEvent) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
      },
    },
  }
}

export function PictureButton({ busy, onFiles }: { busy: boolean; onFiles(files: File[]): void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        leftSection={<Icon name="picture" size={14} />}
        title={t('writing.pictureHint')}
        onClick={() => input.current?.click()}
      >
        {t('writing.picture')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={pictureTypes.join(',')}
        aria-label={t('writing.picture')}
        onChange={event => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

interface PictureListProps {
  body: string
  /** The address of the picture to describe next. */
  fresh: string | null
  onChange(body: string): void
}

/** Each picture of the text with its description for readers who can't see it. */
export function PictureList({ body, fresh, onChange }: PictureListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const pictures = picturesIn(body)
  useEffect(() => {
    if (fresh !== null) list.current?.querySelector<HTMLInputElement>(`[data-url="${fresh}"] input`)?.focus()
  }, [fresh])
  if (pictures.length === 0) return null
  return (
    <section className={css.pictures} aria-label={t('writing.pictures')}>
      <h2>{t('writing.pictures')}</h2>
      <ul ref={list}>
        {pictures.map(({ alt, url }, at) => (
          <li key={`${at}${url}`} data-url={url}>
            <img src={url} alt="" loading="lazy" />
            <TextInput
              size="xs"
              label={t('writing.alt')}
              description={alt.trim() === '' ? t('writing.altMissing') : undefined}
              value={alt}
              onChange={event => onChange(withAlt(body, at, event.currentTarget.value))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
