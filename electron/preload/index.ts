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
