import type { Page } from '@playwright/test'

export interface DroppedFile {
  name: string
  content: Uint8Array | string
}

/** Drops files on the window as a file manager would: dragover, then drop, with a DataTransfer full of files. */
export async function dropFiles(page: Page, files: DroppedFile[]): Promise<void> {
  const packed = files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') }))
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const { name, base64 } of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name))
    }
    return data
  }, packed)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** Drops files and folders of this computer, as the system does: through the browser's own drag and drop. */
export async function dropPaths(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  await session.detach()
}
