import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { channels } from '#shared/ipc/channels'
import { type AnswerOptions, answer, type Sender } from './answer'

/** The only file that touches `ipcMain`. */
export function serve(options: AnswerOptions): void {
  for (const channel of channels) {
    ipcMain.handle(channel, (event, input: unknown) => answer(channel, senderOf(event), input, options))
  }
}

/** Read synchronously: after an await the frame may be gone or may have navigated. */
function senderOf(event: IpcMainInvokeEvent): Sender | null {
  const frame = event.senderFrame
  if (frame === null || frame === undefined) return null
  return { isMainFrame: frame === event.sender.mainFrame, url: frame.url }
}
