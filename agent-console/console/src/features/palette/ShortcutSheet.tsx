import '@/styles/mantine-more'
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CommandGroup } from '@/commands/command'
import { commands } from '@/commands/registry'
import { Keys } from '@/ui/Keys'
import css from './palette.module.css'

const groups: readonly CommandGroup[] = ['ticket', 'write', 'list', 'go', 'call', 'app']

/** Every shortcut, from the same registry that obeys them. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('command.shortcuts')}
      size={860}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={css.sheet}>
        {groups.map(group => (
          <section key={group}>
            <h3>{t(`palette.${group}`)}</h3>
            <dl>
              {commands
                .filter(it => it.group === group && it.shortcut !== undefined)
                .map(it => (
                  <div key={it.id}>
                    <dt>{t(it.label)}</dt>
                    <dd>
                      <Keys shortcut={it.shortcut ?? ''} />
                    </dd>
                  </div>
                ))}
              {group === 'write' && (
                <>
                  <div>
                    <dt>{t('composer.send')}</dt>
                    <dd>
                      <Keys shortcut="mod+enter" />
                    </dd>
                  </div>
                  <div>
                    <dt>{t('composer.sendSolve')}</dt>
                    <dd>
                      <Keys shortcut="mod+shift+enter" />
                    </dd>
                  </div>
                  <div>
                    <dt>{t('composer.macros')}</dt>
                    <dd>
                      <Keys shortcut="/" />
                    </dd>
                  </div>
                  <div>
                    <dt>{t('composer.articles')}</dt>
                    <dd>
                      <Keys shortcut="#" />
                    </dd>
                  </div>
                  <div>
                    <dt>{t('composer.people')}</dt>
                    <dd>
                      <Keys shortcut="@" />
                    </dd>
                  </div>
                </>
              )}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
