import { Button, MultiSelect, Pill, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Team } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { useAgents, useSkills, useTeams } from '@/server/people'
import { useWorkbench } from '@/workbench/Workbench'
import { AddButton, FormDialog, Head, Line, Loaded, useForm } from './parts'
import css from './settings.module.css'

export function Teams() {
  const { t } = useTranslation()
  const teams = useTeams()
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  return (
    <>
      <Head title={t('settings.teams')} text={t('teams.text')}>
        <AddButton label={t('teams.new')} onClick={() => setOpen('new')} />
      </Head>
      <Loaded query={teams}>
        {list => (
          <div className={css.lines}>
            {list.map(it => (
              <Line
                key={it.id}
                title={it.name}
                text={it.description || undefined}
                onClick={() => setOpen(it)}
                end={t('teams.members', { count: it.memberIds.length })}
              />
            ))}
          </div>
        )}
      </Loaded>
      <Skills />
      {open !== null && <Edit team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Edit({ team, onClose }: { team: Team | null; onClose(): void }) {
  const { t } = useTranslation()
  const agents = useAgents().data ?? []
  const form = useForm({
    name: team?.name ?? '',
    description: team?.description ?? '',
    memberIds: team?.memberIds ?? [],
  })
  const after = { refresh: keys.teams, done: onClose }
  const submit = form.save(
    it => (team === null ? api.post('/teams', it) : api.patch(`/teams/${team.id}`, it)),
    after,
  )
  const remove = form.save(() => api.delete(`/teams/${team?.id ?? ''}`), { ...after, said: t('said.deleted') })
  return (
    <FormDialog
      title={team?.name ?? t('teams.new')}
      busy={form.busy}
      onSubmit={event => void submit(event)}
      onClose={onClose}
      onDelete={team === null ? undefined : () => void remove()}
    >
      <TextInput label={t('customer.name')} required data-autofocus {...form.text('name')} />
      <TextInput label={t('teams.description')} {...form.text('description')} />
      <MultiSelect
        label={t('teams.memberList')}
        searchable
        value={form.values.memberIds}
        onChange={memberIds => form.set({ memberIds })}
        data={agents.filter(it => it.active).map(it => ({ value: it.id, label: it.name }))}
      />
    </FormDialog>
  )
}

function Skills() {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const skills = useSkills()
  const [name, setName] = useState('')
  const refresh = () => client.invalidateQueries({ queryKey: keys.skills })
  const add = () =>
    attempt({ bench, t }, async () => {
      await api.post('/skills', { name: name.trim() })
      setName('')
      await refresh()
    })
  const remove = (skill: string) =>
    attempt({ bench, t }, async () => {
      await api.delete(`/skills/${encodeURIComponent(skill)}`)
      await refresh()
    })
  return (
    <section className={css.block}>
      <h3>{t('agents.skills')}</h3>
      <p>{t('teams.skillsText')}</p>
      <div className={css.pills}>
        {(skills.data ?? []).map(it => (
          <Pill
            key={it.name}
            withRemoveButton
            onRemove={() => void remove(it.name)}
            removeButtonProps={{
              'aria-label': t('filter.remove', { name: it.name }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {it.name}
          </Pill>
        ))}
      </div>
      <form
        className={css.inlineForm}
        onSubmit={event => {
          event.preventDefault()
          void add()
        }}
      >
        <TextInput
          size="xs"
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          aria-label={t('teams.newSkill')}
          placeholder={t('teams.newSkill')}
          required
        />
        <Button type="submit" variant="default">
          {t('action.add')}
        </Button>
      </form>
    </section>
  )
}
