import { contextBridge, ipcRenderer } from 'electron'
import { type Channel, channels, eventChannel } from '#shared/ipc/channels'

type Bridge = Record<Channel, (input: unknown) => Promise<unknown>> & {
  onEvent(listener: (event: unknown) => void): () => void
}

const calls = Object.fromEntries(
  channels.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)]),
) as Record<Channel, (input: unknown) => Promise<unknown>>

const bridge: Bridge = {
  ...calls,
  onEvent(listener) {
    // The IPC event object itself never reaches the page: it would hand out ipcRenderer.
    const forward = (_event: unknown, value: unknown) => listener(value)
    ipcRenderer.on(eventChannel, forward)
    return () => ipcRenderer.off(eventChannel, forward)
  },
}

contextBridge.exposeInMainWorld('latchkey', bridge)

interface NavigateEvent {
  destination: { sameDocument: boolean }
  preventDefault(): void
}
declare const navigation: {
  addEventListener(type: 'navigate', listener: (event: NavigateEvent) => void, options: { capture: true }): void
}

// Electron asks nobody before a page goes to about:blank (electron/electron#21136), so the page refuses by itself. Registered
// before any script of the page, and as a capturing listener, so that no script can come before it.
navigation.addEventListener(
  'navigate',
  (event) => {
    if (!event.destination.sameDocument) event.preventDefault()
  },
  { capture: true },
)

declare const document: {
  addEventListener(type: 'readystatechange', listener: () => void, options: { once: true }): void
}
declare const localStorage: { length: number }
declare const location: { protocol: string }

// The first look into the storage of a page waits for the browser process to open it. The first screen takes two things from it
// (`last-shown.ts`, the appearance), so it is opened here, while the page’s script is still being read.
document.addEventListener(
  'readystatechange',
  () => {
    if (location.protocol !== 'about:') void localStorage.length
  },
  { once: true },
)
