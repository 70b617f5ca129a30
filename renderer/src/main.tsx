import './listen'
import './bugs'
// In a layer of its own: whatever the order of the files, our styles stand above it.
import '@mantine/core/styles.layer.css'
import './app.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { rememberFocus } from './components/return-focus'
import { createQueryClient } from './query-client'
import { cssVariablesResolver, theme } from './theme'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// react-remove-scroll, below every modal, writes a style element of its own.
setNonce(nonce)

rememberFocus()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>
  </MantineProvider>,
)
