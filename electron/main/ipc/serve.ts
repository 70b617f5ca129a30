import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { type Channel, channels } from '#shared/ipc/channels'
import type { Sender } from './answer'

/** Answers the calls. Loaded at the first one, because loading it earlier would delay the first screen. */
export type Answerer = (channel: Channel, sender: Sender | null, input: unknown) => Promise<unknown>

/** The only file that touches `ipcMain`. */
export function serve(answerer: () => Promise<Answerer>): void {
  for (const channel of channels) {
    ipcMain.handle(channel, async (event, input: unknown) => {
      const sender = senderOf(event)
      const answer = await answerer()
      return answer(channel, sender, input)
    })
  }
}

/** Read synchronously: after an await the frame may be gone or may have navigated. */
function senderOf(event: IpcMainInvokeEvent): Sender | null {
  const frame = event.senderFrame
  if (frame === null || frame === undefined) return null
  return { isMainFrame: frame === event.sender.mainFrame, url: frame.url }
}
