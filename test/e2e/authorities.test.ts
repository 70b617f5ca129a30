import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { browserIsAsked, launchApp, openDialogsGive, type RunningApp, removeHome, saveDialogsTo } from '../support/app'
import { serveCfssl } from '../support/cfssl-serve'
import { dropFiles } from '../support/drop'
import { openWorkshop, type Workshop } from '../support/openssl'
import { isAccessible } from './looks'
import { actByPalette, goTo, makeIssuer, makeRequest } from './steps'

/** The administrator's journey in the real window, with openssl as the other side: it asks, and it judges. */
const passphrase = 'correct horse battery staple'
let running: RunningApp
let workshop: Workshop

test.beforeAll(async () => {
  workshop = await openWorkshop()
  running = await launchApp()
  await saveDialogsTo(running.app, workshop.folder)
})
test.afterAll(async () => {
  await running.close()
  await workshop.remove()
  removeHome(running.home)
})

const saved = (name: string) => join(workshop.folder, name)
test('three steps make a root, an intermediate and the chain file for Access', async () => {
  const { page } = running
  await goTo(page, 'Issuers')
  await expect(page.getByRole('heading', { name: 'Issue certificates yourself' })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: 'Set up in three steps' }).click()
  await makeIssuer(page, 'Acme Root CA', passphrase, null)
  await expect(page.getByLabel('Name (Common Name)')).toHaveValue('Acme Client CA')
  await makeIssuer(page, 'Acme Client CA', passphrase, 'Acme Root CA')
  const dialog = page.getByRole('dialog', { name: 'Set up an issuer in three steps' })
  await dialog.getByRole('button', { name: 'Save the chain file' }).click()
  await expect(dialog.getByText('Saved as acme-client-ca-chain.pem.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { name: 'Acme Client CA' })).toBeVisible()
  await isAccessible(page)
  rmSync(saved('acme-client-ca-chain.pem'))
  await actByPalette(page, 'Save the chain file')
  await expect(page.getByText('Saved as acme-client-ca-chain.pem.')).toBeVisible()

  const blocks = readFileSync(saved('acme-client-ca-chain.pem'), 'utf8').split(/(?=-----BEGIN)/u)
  expect(blocks).toHaveLength(2)
  await workshop.write('intermediate.pem', blocks[0] ?? '')
  await workshop.write('root.pem', blocks[1] ?? '')
  expect(await workshop.openssl('verify', '-CAfile', 'root.pem', 'intermediate.pem')).toContain('intermediate.pem: OK')
})

test('a request made by openssl becomes a certificate with the name that the issuer decided', async () => {
  const { page } = running
  await workshop.openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'c.key',
    '-out',
    'c.csr',
    '-subj',
    '/CN=root',
  )
  await page.getByRole('button', { name: 'Issue a certificate' }).first().click()
  await expect(page.getByRole('button', { name: 'Choose requests or a list' })).toBeVisible()
  await dropFiles(page, [{ name: 'c.csr', content: await workshop.read('c.csr') }])
  const row = page.getByRole('article', { name: 'c.csr' })
  await row.getByRole('button', { name: 'Look at c.csr' }).click()
  const looked = page.getByRole('dialog', { name: 'c.csr' })
  await expect(looked.getByText('as the requester wrote it')).toBeVisible()
  await looked.getByLabel('Common Name').fill('Ada Lovelace')
  await expect(looked.getByText('changed by you')).toBeVisible()
  await isAccessible(page)
  await looked.getByRole('button', { name: 'Done' }).click()
  await expect(row.getByText('CN=Ada Lovelace')).toBeVisible()
  await isAccessible(page)

  const sign = page.getByRole('button', { name: /^Issue/u }).last()
  await page.getByLabel('Passphrase of “Acme Client CA”').fill('not this one')
  await expect(sign).toBeDisabled()
  await row.getByRole('checkbox', { name: 'Sign c.csr' }).check()
  await sign.click()
  await expect(page.getByText('Wrong passphrase.')).toBeVisible()
  await page.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await page.getByRole('button', { name: 'Issue 1 certificate' }).click()
  await expect(page.getByRole('heading', { name: '1 certificate issued' })).toBeVisible()
  await page.getByRole('button', { name: 'Save the certificate' }).click()
  await expect(page.getByText('Saved as ada-lovelace.pem.')).toBeVisible()

  expect(await verify()).toContain('ada-lovelace.pem: OK')
  expect(await workshop.openssl('x509', '-in', 'ada-lovelace.pem', '-noout', '-subject')).toContain('CN = Ada Lovelace')
})

test('what is revoked is on the list that openssl checks', async () => {
  const { page } = running
  await page.getByRole('button', { name: 'See all issued certificates' }).click()
  await page.getByRole('searchbox', { name: 'Search names and serial numbers' }).fill('lovelace')
  await expect(page.getByText('Acme Client CA · 1 certificate found')).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: /Ada Lovelace/u }).click()
  const details = page.getByRole('dialog', { name: 'Ada Lovelace' })
  await expect(details.getByText('CN=Ada Lovelace', { exact: true })).toBeVisible()
  await expect(details.getByText(/client authentication/iu).first()).toBeVisible()
  await details.getByRole('button', { name: 'Revoke…' }).click()
  const revoke = page.getByRole('dialog', { name: 'Revoke “Ada Lovelace”?' })
  await expect(revoke.getByText('Access does not check revocation lists')).toBeVisible()
  await revoke.getByLabel('I understand that this cannot be undone.').check()
  await revoke.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(details.getByText('Revoked', { exact: true })).toBeVisible()
  await details.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Back to Acme Client CA' }).click()
  await expect(page.getByText('A new revocation list is due')).toBeVisible()
  await page.getByRole('button', { name: 'Write a new list' }).first().click()
  await page.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await page.getByRole('button', { name: 'Sign the list' }).click()
  await expect(page.getByText('A new revocation list is due')).toBeHidden()
  await page.getByRole('button', { name: 'Save PEM' }).click()
  await expect(page.getByText('Saved as acme-client-ca.crl.pem.')).toBeVisible()

  await expect(verify('-crl_check', '-CRLfile', 'acme-client-ca.crl.pem')).rejects.toThrow('certificate revoked')
})

test('a folder’s worth is signed by the names of a list, and what was altered is refused', async () => {
  const { page } = running
  for (const name of ['one', 'two', 'bad']) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
    await workshop.openssl('req', '-new', ...key, '-outform', 'DER', '-out', `${name}.csr`, '-subj', '/CN=admin')
  }
  const altered = Buffer.from(await workshop.read('bad.csr'))
  altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1)
  await workshop.write('bad.csr', altered)
  await workshop.write(
    'people.csv',
    'csr,common_name,emails\none.csr,Barbara Liskov,barbara@acme.dev\ntwo.csr,Radia Perlman,\n',
  )

  await page.getByRole('button', { name: 'Issue a certificate' }).click()
  const files = ['two.csr', 'one.csr', 'bad.csr', 'people.csv'].map(saved)
  await page.locator('input[type="file"]').first().setInputFiles(files)
  await expect(page.getByText('0 of 3 key codes match')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cannot be signed 1' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Sign bad.csr' })).toBeDisabled()
  // In the order of the files, whatever they were chosen in.
  await expect(page.getByRole('article')).toContainText(['bad.csr', 'Barbara Liskov', 'Radia Perlman'])
  // What the two would read to each other, by telephone or in a ticket.
  const barbara = page.getByRole('article').filter({ hasText: 'Barbara Liskov' })
  const radia = page.getByRole('article').filter({ hasText: 'Radia Perlman' })
  const codeOf = async (row: Locator) =>
    /[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/u.exec((await row.textContent()) ?? '')?.[0] ?? ''
  const [one, two] = [await codeOf(barbara), await codeOf(radia)]
  const paste = async (text: string) => {
    await page.getByRole('button', { name: 'Paste key codes' }).click()
    await page.getByRole('textbox', { name: 'Key codes' }).fill(text)
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
  }
  // The ticket tells that somebody swapped the two requests.
  await paste(`Barbara Liskov ${two}\nRadia Perlman ${one}`)
  await expect(page.getByRole('button', { name: 'Differs 2' })).toBeVisible()
  await expect(barbara.getByRole('checkbox')).toBeDisabled()
  // The list that the helpdesk keeps says it right.
  await workshop.write('codes.csv', `csr,key_code\none.csr,${one}\ntwo.csr,${two}\n`)
  await page.getByLabel('File with key codes').setInputFiles(saved('codes.csv'))
  await expect(page.getByText('2 of 3 key codes match')).toBeVisible()
  await expect(barbara.getByRole('checkbox')).toBeChecked()
  await page.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await page.getByRole('button', { name: 'Issue 2 certificates' }).click()
  await expect(page.getByText('CN=Barbara Liskov')).toBeVisible()
  // A ready message to each person, at the address that the list has.
  const asked = await browserIsAsked(running.app)
  await page.getByRole('button', { name: 'E-mail to CN=Barbara Liskov' }).click()
  await expect.poll(asked).toEqual([expect.stringMatching(/^mailto:barbara@acme\.dev\?subject=/u)])
  const [message = ''] = await asked()
  expect(decodeURIComponent(message)).toContain('-----BEGIN CERTIFICATE-----')
  mkdirSync(saved('people'))
  await openDialogsGive(running.app, [saved('people')])
  await page.getByRole('button', { name: 'Save one file per person…' }).click()
  await expect(page.getByText('2 files saved in “people”.')).toBeVisible()
  const each = await workshop.openssl('x509', '-in', 'people/barbara-liskov.pem', '-noout', '-subject')
  expect(each).toMatch(/CN ?= ?Barbara Liskov/u)
  expect(readdirSync(saved('people')).sort()).toEqual(['barbara-liskov.pem', 'radia-perlman.pem'])
  await page.getByRole('button', { name: 'Save all in one file' }).click()
  const told = page.getByText(/^Saved as .*\.pem\.$/u)
  await expect(told).toBeVisible()
  const name = (await told.textContent())?.replace(/^Saved as |\.$/gu, '') ?? ''
  const printed = await workshop.openssl('storeutl', '-noout', '-text', '-certs', name)
  expect(printed).toMatch(/Subject: CN ?= ?Barbara Liskov/u)
  expect(printed).toMatch(/Subject: CN ?= ?Radia Perlman/u)
  expect(printed).not.toContain('admin')
  await page.getByRole('button', { name: 'Back to Acme Client CA' }).click()
})

test('the requester’s own names are written to the letter, left out only where agreed to, or refused', async () => {
  const { page } = running
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'own.key', '-utf8']
  const request = (name: string, subject: string, ...more: string[]) =>
    workshop.openssl('req', '-new', ...key, '-outform', 'DER', '-out', name, '-subj', subject, ...more)
  const principal = 'otherName:1.3.6.1.4.1.311.20.2.3;UTF8:grace@corp.acme.dev'
  await request('own.csr', '/O=Acme/CN=Ada Byron/UID=ada')
  await request('windows.csr', '/CN=Grace Hopper', '-addext', `subjectAltName=email:grace@acme.dev,${principal}`)
  await request('two.csr', '/CN=Ada/CN=root-admin')

  await page.getByRole('button', { name: 'Issue a certificate' }).first().click()
  await page.locator('input[type="file"]').first().setInputFiles(['own.csr', 'windows.csr', 'two.csr'].map(saved))
  await expect(page.getByRole('button', { name: 'Cannot be signed 2' })).toBeVisible()
  const two = page.getByRole('article', { name: 'two.csr' })
  await expect(two.getByText('2 Common Names (“Ada”, “root-admin”)', { exact: false })).toBeVisible()
  await expect(two.getByRole('checkbox', { name: 'Sign two.csr' })).toBeDisabled()
  const windows = page.getByRole('article', { name: 'windows.csr' })
  await expect(windows.getByRole('checkbox', { name: 'Sign windows.csr' })).toBeDisabled()
  await windows.getByRole('button', { name: 'Look at windows.csr' }).click()
  await page.getByLabel(/^Issue without: .*grace@corp\.acme\.dev$/u).check()
  await page.getByRole('button', { name: 'Done' }).click()
  await windows.getByRole('checkbox', { name: 'Sign windows.csr' }).check()
  const own = page.getByRole('article', { name: 'own.csr' })
  await expect(own.getByText('UID=ada, CN=Ada Byron, O=Acme')).toBeVisible()
  await isAccessible(page)
  await own.getByRole('button', { name: 'Look at own.csr' }).click()
  const looked = page.getByRole('dialog', { name: 'own.csr' })
  await looked.getByLabel('Country').fill('Germany')
  await expect(looked.getByText('Two letters, for example GB.').first()).toBeVisible()
  await looked.getByRole('button', { name: 'Use the requester’s names' }).click()
  await looked.getByRole('button', { name: 'Done' }).click()
  await own.getByRole('checkbox', { name: 'Sign own.csr' }).check()
  await page.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await page.getByRole('button', { name: 'Issue 2 certificates' }).click()
  await expect(page.getByText('UID=ada, CN=Ada Byron, O=Acme')).toBeVisible()
  await expect(page.getByText('CN=Grace Hopper')).toBeVisible()
  await page.getByRole('button', { name: 'Back to Acme Client CA' }).click()
})

test('a CA that openssl made comes with its encrypted key', async () => {
  const { page } = running
  const key = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-aes256', '-pass', 'pass:secret']
  await workshop.openssl('genpkey', ...key, '-out', 'old.key')
  const name = ['-days', '3650', '-subj', '/CN=Old Company CA', '-passin', 'pass:secret']
  await workshop.openssl('req', '-x509', '-new', '-key', 'old.key', '-out', 'old.pem', ...name)
  await page.getByRole('button', { name: 'New issuer' }).click()
  await page.getByRole('menuitem', { name: 'Import an existing CA' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import an existing CA' })
  await dialog.locator('input[type="file"]').setInputFiles([saved('old.pem'), saved('old.key')])
  await expect(dialog.getByText('old.key')).toBeVisible()
  await dialog.getByLabel('Passphrase for its key here', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm passphrase for its key here').fill(passphrase)
  for (const [password, told] of [
    ['', 'This file has a password.'],
    ['guess', 'Wrong password, or the file was altered.'],
  ] as const) {
    await dialog.getByLabel('Password of the files').fill(password)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(dialog.getByText(told)).toBeVisible()
  }
  await dialog.getByLabel('Password of the files').fill('secret')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Old Company CA' })).toBeVisible()
})

test('what that CA signed before is revoked by its file and by its serial number', async () => {
  const { page } = running
  const by = ['-CA', 'old.pem', '-CAkey', 'old.key', '-passin', 'pass:secret', '-days', '365']
  for (const [client, serial] of [
    ['Early Bird', '0x1F2E3D'],
    ['Night Owl', '0x5B0B0B'],
    ['Third Party', '0xCA401'],
  ] as const) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'c.key']
    await workshop.openssl('req', '-new', ...key, '-out', 'c.csr', '-subj', `/CN=${client}`)
    await workshop.openssl('x509', '-req', '-in', 'c.csr', ...by, '-set_serial', serial, '-out', `${client}.pem`)
  }
  await page.getByRole('button', { name: 'Issued certificates' }).click()
  await page.getByRole('button', { name: 'Revoke another certificate…' }).click()
  const ask = page.getByRole('dialog', { name: 'Revoke another certificate' })
  await isAccessible(page)

  await dropFiles(page, [{ name: 'ada.pem', content: readFileSync(saved('ada-lovelace.pem')) }])
  await expect(ask.getByText('“Old Company CA” did not sign this certificate; “Acme Client CA” did.')).toBeVisible()
  await ask.locator('input[type="file"]').setInputFiles(saved('Early Bird.pem'))
  const byFile = page.getByRole('dialog', { name: 'Revoke “Early Bird”?' })
  await expect(byFile.getByText('CN=Early Bird')).toBeVisible()
  await expect(byFile.getByText('1F:2E:3D')).toBeVisible()
  await isAccessible(page)
  await byFile.getByLabel('I understand that this cannot be undone.').check()
  await byFile.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(byFile).toBeHidden()
  await expect(page.getByText('Write a new list for “Old Company CA” next.').first()).toBeVisible()
  await page.getByRole('button', { name: /Early Bird/u }).click()
  const details = page.getByRole('dialog', { name: 'Early Bird' })
  await expect(details.getByText('Elsewhere, at an unknown time')).toBeVisible()
  await details.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Revoke another certificate…' }).click()
  await ask.getByLabel('Or type its serial number').fill('0')
  await ask.getByRole('button', { name: 'Continue' }).click()
  await expect(ask.getByText('Serial numbers are greater than zero.')).toBeVisible()
  await ask.getByLabel('Or type its serial number').fill('1f2e3d')
  await ask.getByRole('button', { name: 'Continue' }).click()
  await expect(ask.getByText('“Early Bird” was revoked on')).toBeVisible()
  await ask.getByLabel('Or type its serial number').fill('5b 0b 0b')
  await ask.getByRole('button', { name: 'Continue' }).click()
  const byNumber = page.getByRole('dialog', { name: 'Revoke serial number 5B:0B:0B?' })
  await expect(byNumber.getByText('It stays on every list')).toBeVisible()
  await byNumber.getByLabel('I understand that this cannot be undone.').check()
  await byNumber.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(byNumber).toBeHidden()

  await page.getByRole('button', { name: 'Back to Old Company CA' }).click()
  await page.getByRole('button', { name: 'Write a new list' }).first().click()
  await page.getByLabel('Passphrase of “Old Company CA”').fill(passphrase)
  await page.getByRole('button', { name: 'Sign the list' }).click()
  await expect(page.getByText('A new revocation list is due')).toBeHidden()
  await page.getByRole('button', { name: 'Save PEM' }).click()
  await expect(page.getByText('Saved as old-company-ca.crl.pem.')).toBeVisible()
  const list = ['-crl_check', '-CAfile', 'old.pem', '-CRLfile', 'old-company-ca.crl.pem']
  for (const client of ['Early Bird', 'Night Owl'])
    await expect(workshop.openssl('verify', ...list, `${client}.pem`)).rejects.toThrow('certificate revoked')
  expect(await workshop.openssl('verify', ...list, 'Third Party.pem')).toContain('OK')
})

test('a CA whose key takes long to open can be given up, and nothing typed is lost', async () => {
  const { page } = running
  const slow = ['-topk8', '-v2', 'aes256', '-iter', '3000000', '-passin', 'pass:secret', '-passout', 'pass:secret']
  const made = ['-keyout', 'fast.key', '-out', 'slow.pem', '-passout', 'pass:secret']
  await workshop.openssl('req', '-x509', '-newkey', 'rsa:2048', ...made, '-days', '9', '-subj', '/CN=Slow Company CA')
  await workshop.openssl('pkcs8', ...slow, '-in', 'fast.key', '-out', 'slow.key')
  await page.getByRole('button', { name: 'New issuer' }).click()
  await page.getByRole('menuitem', { name: 'Import an existing CA' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import an existing CA' })
  await dialog.locator('input[type="file"]').setInputFiles([saved('slow.pem'), saved('slow.key')])
  await dialog.getByLabel('Passphrase for its key here', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm passphrase for its key here').fill(passphrase)
  await dialog.getByLabel('Password of the files').fill('secret')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('Opening the files…')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByLabel('Password of the files')).toHaveValue('secret')
  await expect(dialog.getByText('slow.key')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Slow Company CA')).toHaveCount(0)
})

test('an administrator signs a request of one’s own without a file', async () => {
  const { page } = running
  await goTo(page, 'Certificates')
  await makeRequest(page, 'Grace Hopper')
  await page.getByRole('button', { name: 'Sign it yourself' }).click()
  const mine = page.getByRole('region', { name: 'For my own certificate' })
  await mine.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await mine.getByRole('button', { name: 'Sign it' }).click()
  await expect(page.getByRole('heading', { name: 'Grace Hopper' })).toBeVisible()
  await expect(page.getByText('Issued by Acme Client CA', { exact: false })).toBeVisible()
})

test('a certificate goes to another program in the form that it reads', async () => {
  const { page } = running
  const exportFor = async (place: string) => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Export “Grace Hopper”')).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Export for' }).click()
    await page.getByRole('option', { name: place, exact: true }).click()
    return dialog
  }
  const dialog = await exportFor('curl')
  const save = dialog.getByRole('button', { name: 'Save…' })
  await expect(save).toBeDisabled()
  await dialog.getByLabel('Password of the new file', { exact: true }).fill(passphrase)
  await dialog.getByLabel('Confirm password of the new file').fill(passphrase)
  await save.click()
  await expect(page.getByText('Saved as grace-hopper.pem and grace-hopper.key')).toBeVisible()
  await expect(dialog.getByText("--cert 'grace-hopper.pem'", { exact: false })).toBeVisible()
  const shown = await running.app.evaluateHandle(({ shell }) => {
    const paths: string[] = []
    Object.assign(shell, { showItemInFolder: (path: string) => paths.push(path) })
    return paths
  })
  await dialog.getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(() => shown.jsonValue()).toEqual([saved('grace-hopper.pem')])
  await dialog.getByRole('button', { name: 'Done' }).click()
  const fromKey = await workshop.openssl('pkey', '-in', 'grace-hopper.key', '-passin', `pass:${passphrase}`, '-pubout')
  expect(fromKey).toBe(await workshop.openssl('x509', '-in', 'grace-hopper.pem', '-noout', '-pubkey'))

  const again = await exportFor('nginx')
  await again.getByLabel('Leave the private key unencrypted').check()
  await expect(again.getByText('Whoever gets hold of this file can sign in as you.', { exact: false })).toBeVisible()
  await again.getByRole('button', { name: 'Save…' }).click()
  await expect(again.getByText('grace-hopper.key already exists', { exact: false })).toBeVisible()
  await again.getByRole('button', { name: 'Cancel' }).click()
})

test('a running cfssl signs what was checked here', async () => {
  const { page } = running
  const served = await serveCfssl()
  try {
    await goTo(page, 'Issuers')
    await page.getByRole('button', { name: 'New issuer' }).click()
    await page.getByRole('menuitem', { name: 'Connect a cfssl signer' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a cfssl signer' })
    await dialog.getByLabel('Address').fill('http://signer.example:8888')
    await expect(dialog.getByLabel('Use plain http anyway')).toBeVisible()
    await dialog.getByLabel('Address').fill(served.url.href)
    await dialog.getByLabel('Profile').fill('guarded')
    await dialog.getByLabel('Authentication key').fill(served.authKey)
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Remote CA' })).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Issue a certificate' }).first().click()
    await expect(page.getByRole('button', { name: 'Choose requests or a list' })).toBeVisible()
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'k.key']
    await workshop.openssl('req', '-new', ...key, '-subj', '/CN=Grace Hopper', '-out', 'k.csr')
    await dropFiles(page, [{ name: 'k.csr', content: await workshop.read('k.csr') }])
    await expect(page.getByRole('img', { name: 'This name already has a certificate' })).toBeVisible()
    await page.getByRole('button', { name: 'Look at k.csr' }).click()
    await expect(
      page.getByText('“Grace Hopper” already has a certificate with another key', { exact: false }),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('checkbox', { name: 'Sign k.csr' }).check()
    await expect(page.getByText('The profile decides how long it lasts.', { exact: false })).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Issue 1 certificate' }).click()
    await expect(page.getByRole('heading', { name: '1 certificate issued' })).toBeVisible()
    await page.getByRole('button', { name: 'Save the certificate' }).click()
    await expect(page.getByText('Saved as grace-hopper.pem.')).toBeVisible()
    await workshop.write('remote.pem', await served.workshop.read('ca.pem'))
    const verify = ['verify', '-purpose', 'sslclient', '-CAfile', 'remote.pem', 'grace-hopper.pem']
    expect(await workshop.openssl(...verify)).toContain('OK')
  } finally {
    await served.stop()
  }
})

const verify = (...more: string[]) =>
  workshop.openssl(
    'verify',
    ...['-purpose', 'sslclient', '-CAfile', 'root.pem', '-untrusted', 'intermediate.pem', ...more],
    'ada-lovelace.pem',
  )

test('an issuer whose record is gone is rebuilt from its key', async () => {
  await running.close()
  for (const name of ['latchkey.db', 'latchkey.db-wal', 'latchkey.db-shm'])
    rmSync(join(running.home, 'latchkey', name), { force: true })
  running = await launchApp({ home: running.home, width: 900, height: 600 })
  const { page } = running
  await expect(page.getByText(/^There are \d+ keys without records\.$/u)).toBeVisible()
  await page.getByRole('button', { name: 'Rebuild an issuer…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rebuild an issuer' })
  await dialog.getByRole('radio', { name: 'Acme Client CA' }).check()
  await dialog.getByLabel('Passphrase of “Acme Client CA”').fill('not the one')
  await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click()
  await expect(dialog.getByText('Wrong passphrase.')).toBeVisible()
  await isAccessible(page, 'rebuilding an issuer')
  await dialog.getByLabel('Passphrase of “Acme Client CA”').fill(passphrase)
  await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Acme Client CA' })).toBeVisible()
  // The others are still without a record.
  await expect(page.getByRole('button', { name: 'Rebuild an issuer…' })).toBeVisible()
})
