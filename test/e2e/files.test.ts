import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { launchApp, openDialogsGive, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { type DroppedFile, dropFiles, dropPaths } from '../support/drop'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { fitsSideways, inEveryLook, isAccessible } from './looks'

/** Files that cannot be filed can be looked at: what they hold, field by field, and what belongs to what. */
let running: RunningApp
let walk: Walkthrough
test.beforeAll(async () => {
  walk = await walkThrough()
  await bundle('client.p12', 'open sesame')
  await bundle('other.p12', 'abracadabra')
  // Opening it takes long enough to be stopped, whatever the computer.
  await bundle('slow.p12', 'open sesame', '-iter', '3000000')
  await bundle('chained.p12', 'open sesame', '-certfile', 'ca-chain.pem')
  running = await launchApp()
})
test.afterAll(async () => {
  await running.close()
  await walk.remove()
  removeHome(running.home)
})

async function bundle(name: string, password: string, ...more: string[]): Promise<void> {
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-out', name]
  await walk.openssl('pkcs12', '-export', ...files, '-passout', `pass:${password}`, ...more)
}

const close = (dialog: Locator) => dialog.getByRole('button', { name: 'Close' }).last().click()

async function chooseFile(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByRole('option', { name: 'Open…' }).click()
}

/** Drops files that are of no use together, and looks into them. `closed`: the names of those that have a password. */
async function lookInto(page: Page, files: DroppedFile[], closed: string[] = []): Promise<Locator> {
  await dropFiles(page, files)
  for (const name of closed) {
    const asked = page.getByRole('dialog', { name: 'This file has a password' }).filter({ hasText: `“${name}”` })
    await asked.getByRole('button', { name: 'Skip this file' }).click()
  }
  await page.getByRole('button', { name: /^What is in (it|them)\?$/u }).click()
  return page.getByRole('dialog', { name: files.length === 1 ? 'What is in this file' : 'What is in these files' })
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `root ${index}.pem`)
const fileOf = async (name: string) => ({ name, content: await walk.read(name) })

test('an issuer’s certificate that was dropped is refused, and then shown', async () => {
  const { page } = running
  const dialog = await lookInto(page, [{ name: 'rootCA.pem', content: walk.rootPem }])
  await expect(dialog.getByText('Walkthrough Root').first()).toBeVisible()
  const serial = (await walk.openssl('x509', '-in', 'rootCA.pem', '-noout', '-serial')).trim().slice('serial='.length)
  await expect(dialog.getByText(serial.match(/../gu)?.join(':') ?? '')).toBeVisible()
  await expect(dialog.getByText('Issuer (CA)')).toBeVisible()
  await dialog.getByRole('switch', { name: 'Show the bytes of each field' }).click()
  await expect(dialog.getByText('30030101ff')).toBeVisible()
  await close(dialog)
})

test('what was refused from the dialog can be looked into, too, and a request from there is for an issuer', async () => {
  const { page, app } = running
  await openDialogsGive(app, [walk.path('rootCA.pem')])
  await chooseFile(page)
  await page.getByRole('button', { name: 'What is in it?' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in this file' })
  await expect(dialog.getByText('Walkthrough Root').first()).toBeVisible()
  await close(dialog)
  await openDialogsGive(app, [walk.path('client.csr')])
  await chooseFile(page)
  const offer = page.getByRole('dialog', { name: 'A request (CSR)' })
  await expect(offer.getByText('asks an issuer (CA) for a certificate')).toBeVisible()
  await close(offer)
})

test('a certificate that was looked into is judged by the issuers beside it', async () => {
  const { page, app } = running
  await openDialogsGive(app, [walk.path('client.pem'), walk.path('ca-chain.pem')])
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByRole('option', { name: 'Look inside a file…' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in these files' })
  await dialog.getByRole('button', { name: 'Check the chain' }).click()
  const verdict = dialog.getByRole('region', { name: 'Verdict on the path' })
  await expect(verdict.getByText('John Doe → Walkthrough Intermediate → Walkthrough Root')).toBeVisible()
  await close(dialog)
})

test('a file with a password is opened, and its key belongs to its certificate', async () => {
  const { page, app } = running
  await openDialogsGive(app, [walk.path('client.p12')])
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByRole('option', { name: 'Look inside a file…' }).click()
  await page.getByLabel('Password of the file').fill('not this one')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('Wrong password, or the file was altered.')).toBeVisible()
  await page.getByLabel('Password of the file').fill('open sesame')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in this file' })
  await expect(dialog.getByText('its private key is in this file')).toBeVisible()
  await expect(dialog.getByText('belongs to “John Doe”')).toBeVisible()
  // Whoever thinks better of it finds the file as it was, still open.
  await openDialogsGive(app, [])
  await dialog.getByRole('button', { name: 'Inspect another file' }).click()
  await expect(dialog.getByText('belongs to “John Doe”')).toBeVisible()
  await close(dialog)
})

test('what cannot be read, and what stays closed, does not keep the certificate beside it out', async () => {
  const { page } = running
  await walk.openssl(
    ...'req -x509 -newkey rsa:2048 -nodes -subj /CN=Mary -addext basicConstraints=CA:FALSE -keyout mary.key -out mary.pem'.split(
      ' ',
    ),
  )
  const readme = { name: 'README.txt', content: 'Dear Mary, here is your certificate.' }
  await dropFiles(page, [readme, await fileOf('other.p12'), await fileOf('mary.key'), await fileOf('mary.pem')])
  await page.getByRole('button', { name: 'Skip this file' }).click()
  const added = page.getByRole('dialog', { name: 'Certificate added' })
  await expect(added.getByText('It belongs to “Mary”.', { exact: false })).toBeVisible()
  await expect(added.getByText('README.txt: Latchkey cannot read this kind of file', { exact: false })).toBeVisible()
  await expect(added.getByText('other.p12: ', { exact: false })).toBeVisible()
  await isAccessible(page)
  await added.getByRole('button', { name: 'Continue' }).click()
})

test('of several certificates in one file the owner picks one, then the other', async () => {
  const { page } = running
  const other = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'other.key']
  const leaf = ['-subj', '/CN=Jane Roe', '-addext', 'basicConstraints=critical,CA:FALSE', '-out', 'other.pem']
  await walk.openssl('req', '-x509', ...other, ...leaf)
  const parts = await Promise.all(['client.key', 'client.pem', 'other.key', 'other.pem'].map((name) => walk.read(name)))
  await dropFiles(page, [{ name: 'all.pem', content: Buffer.concat(parts) }])
  const several = page.getByRole('dialog', { name: 'Several certificates' })
  await isAccessible(page)
  await several.getByRole('radio', { name: /^Jane Roe/u }).click()
  await several.getByRole('button', { name: 'Add', exact: true }).click()
  const added = page.getByRole('dialog', { name: 'Certificate added' })
  await expect(added.getByText('It belongs to “Jane Roe”.', { exact: false })).toBeVisible()
  await added.getByRole('button', { name: 'Add another from these files' }).click()
  await expect(several.getByRole('radio')).toHaveCount(1)
  await several.getByRole('button', { name: 'Cancel' }).click()
})

test('of many files each has its own password, and what is open stays open', async () => {
  const { page } = running
  const root = await fileOf('rootCA.pem')
  const readme = { name: 'README.txt', content: 'nothing' }
  const files = [root, readme, await fileOf('client.p12'), await fileOf('other.p12'), root]
  const dialog = await lookInto(page, files, ['client.p12', 'other.p12'])
  await expect(dialog.getByText('5 files, 2 with a password, 1 that could not be read')).toBeVisible()
  await expect(dialog.getByText('“client.p12”')).toBeVisible()
  await dialog.getByLabel('Password of the file').fill('open sesame')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog.getByText('“other.p12”')).toBeVisible()
  await expect(dialog.getByText('5 files, 1 with a password, 1 that could not be read')).toBeVisible()
  await dialog.getByRole('button', { name: 'Skip this file' }).click()
  await expect(dialog.getByLabel('Password of the file')).toBeHidden()
  await expect(dialog.getByRole('button', { name: /rootCA\.pem/u })).toHaveCount(2)
  await expect(dialog.getByText('belongs to “John Doe”')).toBeVisible()
  await close(dialog)
})

test('a folder that was dropped is read to its end, and what lies too deep is named', async () => {
  const { page } = running
  const folder = walk.path('handed over')
  const deepest = join(folder, 'a', 'b', 'c', 'd')
  await mkdir(deepest, { recursive: true })
  await writeFile(join(deepest, 'too-deep.pem'), walk.rootPem)
  await writeFile(join(folder, '.hidden'), 'not meant')
  await Promise.all(numbered(130).map((name) => writeFile(join(folder, 'a', name), walk.rootPem)))
  await dropPaths(page, [folder])
  await page.getByRole('button', { name: 'What is in them?' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is in these files' })
  await expect(dialog.getByText('130 files', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(dialog.getByText('“d” is too many folders deep')).toBeVisible()
  await close(dialog)
})

test('more files than fit are a list that goes on', async () => {
  const { page } = running
  const files = numbered(120).map((name) => ({ name, content: walk.rootPem }))
  const dialog = await lookInto(page, files)
  await expect(dialog.getByText('120 files', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(dialog.getByRole('button', { name: /root \d+\.pem/u })).toHaveCount(50)
  await dialog.getByRole('button', { name: 'Show 50 more of 70' }).click()
  await expect(dialog.getByRole('button', { name: /root \d+\.pem/u })).toHaveCount(100)
  await close(dialog)
})

test('reading that takes long can be stopped, when looking as when adding', async () => {
  const { page } = running
  await dropFiles(page, [await fileOf('slow.p12')])
  const adding = page.getByRole('dialog', { name: 'This file has a password' })
  await expect(adding.getByLabel('Password of the file')).toBeFocused()
  await adding.getByLabel('Password of the file').fill('open sesame')
  await adding.getByRole('button', { name: 'Open', exact: true }).click()
  const reading = page.getByRole('dialog', { name: 'Certificate file' })
  await expect(reading.getByText('Reading “slow.p12”…')).toBeVisible()
  await reading.getByRole('button', { name: 'Cancel' }).click()
  await expect(adding.getByLabel('Password of the file')).toBeVisible()
  await adding.getByRole('button', { name: 'Cancel' }).click()

  await openDialogsGive(running.app, [walk.path('slow.p12')])
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByRole('option', { name: 'Look inside a file…' }).click()
  const looking = page.getByRole('dialog', { name: 'What is in this file' })
  await looking.getByLabel('Password of the file').fill('open sesame')
  await looking.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(looking.getByText('Reading “slow.p12”…')).toBeVisible()
  await looking.getByRole('button', { name: 'Cancel' }).click()
  await expect(looking.getByLabel('Password of the file')).toBeVisible()
  await close(looking)
})

inEveryLook(
  'the viewer holds',
  () => running,
  async ({ page }) => {
    await dropFiles(page, [{ name: 'rootCA.pem', content: walk.rootPem }])
    await expect(page.getByText('This is the certificate of an issuer', { exact: false }).first()).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: 'What is in it?' }).click()
    const one = page.getByRole('dialog', { name: 'What is in this file' })
    await expect(one.getByText('Walkthrough Root').first()).toBeVisible()
    await one.getByRole('switch', { name: 'Show the bytes of each field' }).click()
    await expect(one.getByText('30030101ff')).toBeVisible()
    await isAccessible(page)
    await fitsSideways(one)
    await close(one)

    const root = await fileOf('rootCA.pem')
    const readme = { name: 'README.txt', content: 'nothing' }
    const many = await lookInto(page, [root, readme, await fileOf('client.p12')], ['client.p12'])
    await expect(many.getByText('3 files, 1 with a password, 1 that could not be read')).toBeVisible()
    await many.getByRole('button', { name: /README\.txt/u }).click()
    await expect(many.getByRole('alert').first()).toBeVisible()
    await isAccessible(page)
    await fitsSideways(many)
    await close(many)
  },
)

test('a certificate shows every field of its issuers’ certificates, from its own issuer up', async () => {
  const { page } = running
  await dropFiles(page, [await fileOf('chained.p12')])
  await page.getByLabel('Password of the file').fill('open sesame')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  const issuers = page.getByRole('region', { name: 'Certificates of its issuers' })
  await expect(issuers.getByRole('button')).toHaveText([/Intermediate, issued by/u, /Root, self-signed/u])
  await issuers.getByRole('button').last().click()
  await expect(issuers.getByText('Subject key identifier')).toBeVisible()
  await isAccessible(page)
})

test('files are converted for another program, and nothing of them is kept', async () => {
  const { app, page } = running
  const list = page.getByRole('region', { name: 'List of certificates' })
  const before = await list.getByRole('listitem').count()
  await saveDialogsTo(app, walk.folder)
  await page.keyboard.press('ControlOrMeta+K')
  await page.getByRole('option', { name: 'Convert files…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Convert files' })
  await expect(dialog).toBeVisible()
  await dropFiles(page, [await fileOf('client.p12')])
  await dialog.getByRole('combobox', { name: 'Convert for' }).click()
  await page.getByRole('option', { name: 'curl', exact: true }).click()
  await dialog.getByLabel('Leave the private key unencrypted').check()
  await isAccessible(page)
  const save = dialog.getByRole('button', { name: 'Save…' })
  await save.click()
  await expect(dialog.getByText(/^This file has a password\./u)).toBeVisible()
  await dialog.getByLabel('Password of the files').fill('open sesame')
  await save.click()
  const saved = page.getByRole('dialog', { name: /^Saved as john-doe\.pem/u })
  await expect(saved.getByText(/^curl /u)).toBeVisible()
  await isAccessible(page)
  const ofKey = await walk.openssl('pkey', '-in', 'john-doe.key', '-pubout')
  expect(await walk.openssl('x509', '-in', 'john-doe.pem', '-pubkey', '-noout')).toBe(ofKey)
  await saved.getByRole('button', { name: 'Done' }).click()
  await expect(saved).toBeHidden()
  await expect(list.getByRole('listitem')).toHaveCount(before)
})
