import { TagsInput, type TagsInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressesIn } from './addresses'

interface AddressInputProps extends Omit<TagsInputProps, 'value' | 'onChange' | 'error'> {
  value: readonly string[]
  onChange(addresses: string[]): void
}

/** Accepts mail addresses only, and names each word that isn't one. */
export function AddressInput({ value, onChange, ...rest }: AddressInputProps) {
  const { t } = useTranslation()
  const [refused, setRefused] = useState<string[]>([])
  return (
    <TagsInput
      {...rest}
      value={[...value]}
      error={refused.length > 0 ? t('writeNew.noAddress', { words: refused.join(' ') }) : undefined}
      onChange={words => {
        const read = addressesIn(words, value)
        setRefused(read.refused)
        if (read.taken.join() !== value.join()) onChange(read.taken)
      }}
      acceptValueOnBlur
      splitChars={[',', ';', ' ']}
    />
  )
}
