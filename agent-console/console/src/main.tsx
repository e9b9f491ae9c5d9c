import '@/styles/mantine'
import '@/styles/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { newRouter } from '@/app/router'
import { startLanguage } from '@/i18n'
import { newQueryClient } from '@/server/client'
import { schemeManager, styleNonce, theme } from '@/theme'

// A release took away the file that an open page asks for: one reload gets the new page.
window.addEventListener('vite:preloadError', event => {
  if (sessionStorage.getItem('switchboard.reloaded') !== null) return
  sessionStorage.setItem('switchboard.reloaded', '1')
  event.preventDefault()
  location.reload()
})

setNonce(styleNonce()) // for the scroll lock below dialogs, which writes a style element of its own
const client = newQueryClient()
const router = newRouter(client)

void startLanguage().then(() => {
  const root = document.getElementById('root')
  if (root === null) throw new Error('no root element')
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        getStyleNonce={styleNonce}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
  window.setTimeout(() => sessionStorage.removeItem('switchboard.reloaded'), 10_000)
})
