import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { commandOf, launchApp, newHome, openDialogsGive, removeHome, started } from '../support/app'
import { dropFiles } from '../support/drop'
import { type Walkthrough, walkThrough } from '../support/openssl'

/** The first moments: whatever a person does before the window can do it is done as soon as it can, or the window says that it waits. */
let walk: Walkthrough
test.beforeAll(async () => {
  walk = await walkThrough()
})
test.afterAll(() => walk.remove())

const root = async () => ({ name: 'rootCA.pem', content: await walk.read('rootCA.pem') })
const refused = (page: Page) => page.getByText('This is the certificate of an issuer', { exact: false }).first()
const waiting = (page: Page) => page.getByRole('status').filter({ hasText: 'Waiting to open' })

test('a file dropped before anything is drawn is opened', async () => {
  const { page, close, home } = await launchApp()
  await page.addInitScript((pem) => {
    const find = document.getElementById.bind(document)
    // The page's script looks for this element when it is about to draw.
    document.getElementById = (id) => {
      if (id === 'root') {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([pem], 'rootCA.pem'))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      }
      return find(id)
    }
  }, walk.rootPem)
  await page.reload()
  await expect(refused(page)).toBeVisible()
  await close()
  removeHome(home)
})

/** Holds the back end's first answer back, from the next time on that the page is loaded; returns what lets it go. */
async function holdFirstAnswer(app: ElectronApplication, page: Page): Promise<() => Promise<void>> {
  const answer = await page.evaluate(() => {
    const ask: unknown = Reflect.get(Reflect.get(globalThis, 'latchkey') ?? {}, 'vault.state')
    return typeof ask === 'function' ? ask() : null
  })
  await app.evaluate(({ ipcMain }, answer) => {
    const held = new Promise((resolve) => Object.assign(globalThis, { letAnswerGo: () => resolve(answer) }))
    ipcMain.removeHandler('vault.state')
    ipcMain.handle('vault.state', () => held)
  }, answer)
  return () => app.evaluate(() => void Reflect.get(globalThis, 'letAnswerGo')?.())
}

test('files that come before the back end has answered wait in sight, and are opened then', async () => {
  const { app, page, close, home } = await launchApp()
  const letGo = await holdFirstAnswer(app, page)
  await page.reload()
  await started(page, 'listening')
  await dropFiles(page, [await root()])
  await expect(waiting(page)).toHaveText(/Waiting to open “rootCA\.pem”/u)
  await letGo()
  await expect(refused(page)).toBeVisible()
  await expect(waiting(page)).toBeHidden()
  await close()
  removeHome(home)
})

test('a file pasted before the back end has answered can be called off', async () => {
  const { app, page, close, home } = await launchApp()
  const letGo = await holdFirstAnswer(app, page)
  await page.reload()
  await started(page, 'listening')
  await page.evaluate((pem) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pem)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, walk.rootPem)
  await expect(waiting(page)).toHaveText(/Waiting to open “pasted text”/u)
  await waiting(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(waiting(page)).toBeHidden()
  await letGo()
  await started(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await close()
  removeHome(home)
})

test('a file dropped while the keys are locked is opened once they are unlocked', async () => {
  const home = newHome()
  const environment = { LATCHKEY_KEYRING: 'none' }
  const passphrase = 'correct horse battery staple'
  const first = await launchApp({ home, environment })
  await first.page.evaluate(async (chosen) => {
    const create: unknown = Reflect.get(Reflect.get(globalThis, 'latchkey') ?? {}, 'vault.create')
    return typeof create === 'function' ? create({ passphrase: chosen }) : null
  }, passphrase)
  await first.close()

  const { page, close } = await launchApp({ home, environment })
  await expect(page.getByRole('heading', { name: 'Your keys are locked' })).toBeVisible()
  await dropFiles(page, [await root()])
  await expect(waiting(page)).toHaveText(/Waiting to open “rootCA\.pem”/u)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(refused(page)).toBeVisible()
  await expect(waiting(page)).toBeHidden()
  await close()
  removeHome(home)
})

test('a file dropped while another is being read is opened next', async () => {
  const { page, close, home } = await launchApp()
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-out', 'slow.p12', '-passout', 'pass:open sesame']
  // Opening it takes long enough for a second drop, whatever the computer.
  await walk.openssl('pkcs12', '-export', ...files, '-iter', '3000000')
  await dropFiles(page, [{ name: 'slow.p12', content: await walk.read('slow.p12') }])
  await page.getByLabel('Password of the file').fill('open sesame')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Reading “slow.p12”…')).toBeVisible()
  await dropFiles(page, [await root()])
  await expect(waiting(page)).toHaveText(/Waiting to open “rootCA\.pem”/u)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  // What was being read waits for its password again, and the second file joins it.
  await expect(waiting(page)).toBeHidden()
  await close()
  removeHome(home)
})

test('a menu entry chosen before the page is there is opened when it is', async () => {
  const { app, page, close, home } = await launchApp()
  await app.evaluate(({ BrowserWindow, Menu }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // The old page is gone, and nothing of the new one has run yet.
    contents?.once('did-navigate', () => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File')
      file?.submenu?.items.find(({ label }) => label === 'New certificate…')?.click()
    })
    contents?.reload()
  })
  await expect(page.getByRole('dialog', { name: 'New certificate' })).toBeVisible()
  await close()
  removeHome(home)
})

test('files in the command line are opened, those of a second start too, even while the first is not ready', async () => {
  const running = await launchApp({ args: [walk.path('rootCA.pem')] })
  const { app, page, close, home } = running
  await expect(refused(page)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await openDialogsGive(app, [])

  const letGo = await holdFirstAnswer(app, page)
  await page.reload()
  await started(page, 'listening')
  const { executable, args, env } = commandOf({ home, args: [walk.path('client.pem')] })
  const second = spawn(executable, args, { env, stdio: 'ignore' })
  await once(second, 'exit')
  await expect(waiting(page)).toHaveText(/Waiting to open “client\.pem”/u)
  await letGo()
  await expect(page.getByRole('dialog', { name: 'This certificate belongs to another key' })).toBeVisible()
  await close()
  removeHome(home)
})
