import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot, type Root } from 'react-dom/client'
import { startLanguage, withWords } from '@/i18n'
import { Toasts } from '@/ui/Toasts'
import { WorkbenchProvider } from '@/workbench/Workbench'

/** Starts in English with the text of all screens. */
export async function startEnglish(): Promise<void> {
  localStorage.setItem('switchboard.language', 'en')
  await startLanguage()
  await withWords(Promise.resolve())
}

/** Renders the router's page with the workbench around it, in an element added to the document. */
export function stage(router: AnyRouter): Root {
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  root.render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <WorkbenchProvider>
          <RouterProvider router={router as never} />
          <Toasts />
        </WorkbenchProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return root
}
