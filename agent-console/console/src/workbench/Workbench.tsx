import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react'
import type { ChannelName, TimelineItem } from '@/api-types'

/** What is open over the page. It passes with a reload; everything worth a link lives in the URL. */
export type Dialog =
  | { kind: 'palette'; command?: string; text?: string }
  | { kind: 'shortcuts' }
  | {
      kind: 'outbound'
      channel?: ChannelName | 'note'
      customer?: { id: string; name: string | null }
      ticketId?: string
    }
  | { kind: 'snooze' }
  | { kind: 'merge' }
  | { kind: 'mergeCustomer'; customerId: string; suggested?: { customerId: string; identityId: string } }
  | { kind: 'forward'; item: TimelineItem }
  | { kind: 'delivery'; item: TimelineItem }
  | { kind: 'why'; item: TimelineItem }
  | { kind: 'split'; item: TimelineItem }

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'error'
  until: number
  undo?: () => void | Promise<void>
}
export interface ToastOptions {
  tone?: 'plain' | 'error'
  seconds?: number
  undo?: () => void | Promise<void>
}

/** What the composer on the page lets others do to it. */
export interface ComposerHandle {
  focus(mode: 'reply' | 'note'): void
  insert(text: string, html?: string | null): void
}

export interface Workbench {
  dialog: Dialog | null
  open(dialog: Dialog): void
  /** Closes this one, unless another has taken its place. */
  close(which: Dialog): void
  toasts: readonly Toast[]
  toast(text: string, options?: ToastOptions): number
  dismiss(id: number): void
  composer: RefObject<ComposerHandle | null>
  /** Does something to the composer: now, or as soon as it is there while this page stays open. */
  compose(act: (composer: ComposerHandle) => void): void
  /** The composer says that it is there, or (null) that it is gone. */
  composerIs(composer: ComposerHandle | null): void
  /** The tickets of the list on screen, in its order. */
  order: RefObject<string[]>
  selected: ReadonlySet<string>
  select(ids: Iterable<string>): void
  panes: { panel: boolean; nav: boolean }
  togglePane(pane: 'panel' | 'nav'): void
}

const Context = createContext<Workbench | null>(null)

export function useWorkbench(): Workbench {
  const bench = useContext(Context)
  if (bench === null) throw new Error('outside the workbench')
  return bench
}

export function WorkbenchProvider({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [panes, setPanes] = useState(storedPanes)
  const composer = useRef<ComposerHandle | null>(null)
  const awaiting = useRef<{ path: string; acts: ((composer: ComposerHandle) => void)[] }>({ path: '', acts: [] })
  const order = useRef<string[]>([])
  const nextToast = useRef(1)

  const dismiss = useCallback((id: number) => setToasts(old => old.filter(it => it.id !== id)), [])
  const toast = useCallback(
    (text: string, options: ToastOptions = {}) => {
      const id = nextToast.current++
      const seconds = options.seconds ?? (options.undo === undefined ? 4 : 10)
      setToasts(old => [
        ...old.slice(-2),
        {
          id,
          text,
          tone: options.tone ?? 'plain',
          until: Date.now() + seconds * 1000,
          undo: options.undo,
        },
      ])
      window.setTimeout(() => dismiss(id), seconds * 1000)
      return id
    },
    [dismiss],
  )
  const togglePane = useCallback(
    (pane: 'panel' | 'nav') =>
      setPanes(old => {
        const fresh = { ...old, [pane]: !old[pane] }
        localStorage.setItem('switchboard.panes', JSON.stringify(fresh))
        return fresh
      }),
    [],
  )

  const compose = useCallback((act: (composer: ComposerHandle) => void) => {
    if (composer.current !== null) return act(composer.current)
    const path = location.pathname
    awaiting.current = { path, acts: [...(awaiting.current.path === path ? awaiting.current.acts : []), act] }
  }, [])
  const composerIs = useCallback((fresh: ComposerHandle | null) => {
    composer.current = fresh
    if (fresh === null) return
    const { path, acts } = awaiting.current
    awaiting.current = { path: '', acts: [] }
    if (path === location.pathname) acts.forEach(act => act(fresh))
  }, [])

  const bench = useMemo<Workbench>(
    () => ({
      dialog,
      open: setDialog,
      close: which => setDialog(old => (old === which ? null : old)),
      toasts,
      toast,
      dismiss,
      composer,
      compose,
      composerIs,
      order,
      selected,
      select: ids => setSelected(new Set(ids)),
      panes,
      togglePane,
    }),
    [dialog, toasts, toast, dismiss, compose, composerIs, selected, panes, togglePane],
  )
  return <Context.Provider value={bench}>{children}</Context.Provider>
}

function storedPanes(): Workbench['panes'] {
  const standard = { panel: true, nav: true }
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem('switchboard.panes') ?? '{}') as object) }
  } catch {
    return standard
  }
}
