import { Badge, Button, Input, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Agent, Role } from '@/api-types'
import { keys } from '@/server/keys'
import { useAgents, useMe, useSkills, useTeams } from '@/server/people'
import { Avatar } from '@/ui/Avatar'
import { AddButton, FormDialog, Head, Line, Loaded, useForm } from './parts'
import css from './settings.module.css'

const channels = ['phone', 'chat', 'sms', 'email', 'form'] as const
const roles: readonly Role[] = ['agent', 'lead', 'admin']

export function Agents() {
  const { t } = useTranslation()
  const agents = useAgents()
  const [open, setOpen] = useState<Agent | 'new' | null>(null)
  return (
    <>
      <Head title={t('settings.agents')} text={t('agents.text')}>
        <AddButton label={t('agents.invite')} onClick={() => setOpen('new')} />
      </Head>
      <Loaded query={agents}>
        {list => (
          <div className={css.lines}>
            {[...list]
              .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
              .map(it => (
                <Line
                  key={it.id}
                  muted={!it.active}
                  onClick={() => setOpen(it)}
                  lead={<Avatar name={it.name} size={36} status={it.active ? it.status : undefined} />}
                  title={it.name}
                  mark={it.role !== 'agent' && <Badge>{t(`role.${it.role}`)}</Badge>}
                  text={[it.email, it.teams.map(team => team.name).join(', ')].filter(Boolean).join(' · ')}
                  end={
                    <>
                      {!it.active && <Badge color="gray">{t('agents.inactive')}</Badge>}
                      {it.skills.slice(0, 3).map(skill => (
                        <Badge key={skill.name} color="gray">
                          {skill.name} {skill.level}
                        </Badge>
                      ))}
                      <span className={css.load} title={t('status.loadLive')}>
                        {it.liveLoad}/{it.liveCapacity}
                      </span>
                      <span className={css.load} title={t('status.loadWritten')}>
                        {it.load - it.liveLoad}/{it.capacity}
                      </span>
                    </>
                  }
                />
              ))}
          </div>
        )}
      </Loaded>
      {open === 'new' && <Invite onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <Edit agent={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Invite({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const teams = useTeams().data ?? []
  const form = useForm({ email: '', name: '', role: 'agent' as Role, teamIds: [] as string[] })
  const submit = form.save(values => api.post('/invitations', values), {
    refresh: keys.agents,
    said: t('said.invited'),
    done: onClose,
  })
  return (
    <FormDialog
      title={t('agents.invite')}
      busy={form.busy}
      onSubmit={event => void submit(event)}
      onClose={onClose}
    >
      <TextInput label={t('session.email')} type="email" required data-autofocus {...form.text('email')} />
      <TextInput label={t('customer.name')} required {...form.text('name')} />
      <RoleSelect value={form.values.role} onChange={role => form.set({ role })} />
      <MultiSelect
        label={t('settings.teams')}
        value={form.values.teamIds}
        onChange={teamIds => form.set({ teamIds })}
        data={teams.map(it => ({ value: it.id, label: it.name }))}
      />
    </FormDialog>
  )
}

function RoleSelect({
  value,
  onChange,
  disabled = false,
}: {
  value: Role
  onChange(role: Role): void
  disabled?: boolean
}) {
  const { t } = useTranslation()
  return (
    <Select
      label={t('agents.role')}
      value={value}
      allowDeselect={false}
      disabled={disabled}
      onChange={it => onChange(roles.find(role => role === it) ?? 'agent')}
      data={roles.map(it => ({ value: it, label: t(`role.${it}`) }))}
    />
  )
}

function Edit({ agent, onClose }: { agent: Agent; onClose(): void }) {
  const { t } = useTranslation()
  const me = useMe()
  const teams = useTeams().data ?? []
  const skills = useSkills().data ?? []
  const form = useForm({
    name: agent.name,
    role: agent.role,
    teamIds: agent.teams.map(it => it.id),
    skills: agent.skills,
    capacity: agent.capacity,
    liveCapacity: agent.liveCapacity,
    channelMax: agent.channelMax,
    phone: agent.phone ?? '',
    active: agent.active,
  })
  const { values, set } = form
  const submit = form.save(it => api.patch(`/agents/${agent.id}`, { ...it, version: agent.version }), {
    refresh: keys.agents,
    done: onClose,
  })
  return (
    <FormDialog title={agent.name} busy={form.busy} onSubmit={event => void submit(event)} onClose={onClose}>
      <TextInput label={t('customer.name')} required {...form.text('name')} />
      <RoleSelect value={values.role} onChange={role => set({ role })} disabled={agent.id === me.id} />
      <MultiSelect
        label={t('settings.teams')}
        value={values.teamIds}
        onChange={teamIds => set({ teamIds })}
        data={teams.map(it => ({ value: it.id, label: it.name }))}
      />
      <MultiSelect
        label={t('agents.skills')}
        value={values.skills.map(it => it.name)}
        data={skills.map(it => it.name)}
        onChange={names =>
          set({ skills: names.map(name => values.skills.find(it => it.name === name) ?? { name, level: 5 }) })
        }
      />
      {values.skills.length > 0 && (
        <div className={css.levels}>
          {values.skills.map(skill => (
            <NumberInput
              key={skill.name}
              size="xs"
              label={skill.name}
              min={1}
              max={10}
              value={skill.level}
              onChange={level =>
                set({
                  skills: values.skills.map(it =>
                    it.name === skill.name ? { ...it, level: Number(level) } : it,
                  ),
                })
              }
            />
          ))}
        </div>
      )}
      <NumberInput
        label={t('agents.liveCapacity')}
        description={t('agents.liveCapacityText')}
        min={0}
        max={1000}
        step={25}
        value={values.liveCapacity}
        onChange={liveCapacity => set({ liveCapacity: Number(liveCapacity) })}
      />
      <NumberInput
        label={t('agents.capacity')}
        description={t('agents.capacityText')}
        min={0}
        max={1000}
        step={10}
        value={values.capacity}
        onChange={capacity => set({ capacity: Number(capacity) })}
      />
      <Input.Wrapper label={t('agents.channelMax')} description={t('agents.channelMaxText')}>
        <div className={css.levels}>
          {channels.map(channel => (
            <NumberInput
              key={channel}
              size="xs"
              label={t(`channel.${channel}`)}
              min={0}
              max={1000}
              value={values.channelMax[channel] ?? ''}
              onChange={most => set({ channelMax: bounded(values.channelMax, channel, most) })}
            />
          ))}
        </div>
      </Input.Wrapper>
      <TextInput label={t('profile.phone')} type="tel" {...form.text('phone')} />
      {agent.active && <MailLink agent={agent} />}
      <Switch
        label={t('agents.active')}
        description={t('agents.activeText')}
        checked={values.active}
        disabled={agent.id === me.id}
        onChange={event => set({ active: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}

function MailLink({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  const form = useForm({})
  const send = form.save(() => api.post(`/agents/${agent.id}/letter`), {
    refresh: keys.agents,
    said: t('account.mailed', { email: agent.email }),
  })
  return (
    <Input.Wrapper label={t('session.password')} description={t('account.mailLinkText')}>
      <div>
        <Button variant="default" mt={4} loading={form.busy} onClick={() => void send()}>
          {t('account.mailLink')}
        </Button>
      </div>
    </Input.Wrapper>
  )
}

/** An empty field takes the bound away. */
function bounded(was: Agent['channelMax'], channel: string, most: string | number): Agent['channelMax'] {
  const others = Object.entries(was).filter(([name]) => name !== channel)
  return Object.fromEntries(most === '' ? others : [...others, [channel, Number(most)]])
}
