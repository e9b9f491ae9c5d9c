import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { useWorkbench, WorkbenchProvider, type ComposerHandle, type Workbench } from '@/workbench/Workbench'

function bench(): Workbench {
  let held: Workbench | null = null
  function Probe() {
    held = useWorkbench()
    return null
  }
  const root = createRoot(document.createElement('div'))
  flushSync(() => root.render(createElement(WorkbenchProvider, null, createElement(Probe))))
  if (held === null) throw new Error('nothing was rendered')
  return held
}

function composer(): ComposerHandle & { did: string[] } {
  const did: string[] = []
  return { did, focus: mode => void did.push(mode), insert: text => void did.push(text) }
}

describe('a composer that is still loading', () => {
  it('does what was asked for before it came, in order and once', () => {
    const { compose, composerIs } = bench()
    compose(it => it.focus('note'))
    compose(it => it.insert('words'))
    const first = composer()
    composerIs(first)
    expect(first.did).toEqual(['note', 'words'])
    compose(it => it.focus('reply'))
    expect(first.did).toEqual(['note', 'words', 'reply'])
    composerIs(null)
    const second = composer()
    composerIs(second)
    expect(second.did).toEqual([])
  })
  it('forgets what was asked for on another page', () => {
    const { compose, composerIs } = bench()
    history.replaceState(null, '', '/console/inbox/mine/t1')
    compose(it => it.focus('note'))
    history.replaceState(null, '', '/console/inbox/mine/t2')
    const late = composer()
    composerIs(late)
    expect(late.did).toEqual([])
  })
})
