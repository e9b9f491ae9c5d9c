import { Button, NumberInput, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { RoutingRules as Rules } from '@/api-types'
import { useTeams } from '@/server/people'
import { Head, Loaded, useForm } from './parts'
import css from './settings.module.css'

const key = ['routing-settings'] as const

export function RoutingRules() {
  const { t } = useTranslation()
  const rules = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Rules>('/routing/settings', signal),
  })
  return (
    <>
      <Head title={t('settings.routing')} text={t('routingRules.text')} />
      <Loaded query={rules}>{loaded => <Edit rules={loaded} />}</Loaded>
    </>
  )
}

function Edit({ rules }: { rules: Rules }) {
  const { t } = useTranslation()
  const teams = useTeams().data ?? []
  const { values, set, errors, busy, save } = useForm(rules)
  const submit = save(it => api.patch('/routing/settings', { ...it, formTeamId: it.formTeamId ?? null }), {
    refresh: key,
  })
  return (
    <form className={css.form} onSubmit={event => void submit(event)}>
      <NumberInput
        label={t('routingRules.ownerPreferred')}
        description={t('routingRules.ownerPreferredText')}
        min={0}
        max={10_080}
        value={values.ownerPreferredMinutes}
        error={errors.ownerPreferredMinutes}
        onChange={minutes => set({ ownerPreferredMinutes: Number(minutes) })}
      />
      <NumberInput
        label={t('routingRules.chatEnds')}
        description={t('routingRules.chatEndsText')}
        min={1}
        max={1440}
        value={values.chatEndsAfterMinutes}
        error={errors.chatEndsAfterMinutes}
        onChange={minutes => set({ chatEndsAfterMinutes: Number(minutes) })}
      />
      <Select
        label={t('routingRules.formTeam')}
        placeholder={t('routingRules.noTeam')}
        clearable
        value={values.formTeamId ?? null}
        onChange={formTeamId => set({ formTeamId })}
        data={teams.map(it => ({ value: it.id, label: it.name }))}
      />
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
