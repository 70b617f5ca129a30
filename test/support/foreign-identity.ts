import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Walkthrough } from './openssl'

/** The databases of Chrome and Chromium and of one Firefox profile, below a HOME. */
export const chromeFolder = (home: string) => join(home, '.pki', 'nssdb')
export const firefoxFolder = (home: string) => join(home, '.mozilla', 'firefox', 'x1y2z3.default')

/** Puts the walkthrough's client certificate with its key into an NSS database by NSS' own tools, as an administrator's script does. */
export async function putIntoNss(walk: Walkthrough, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await walk.openssl(
    ...['pkcs12', '-export', '-in', 'client.pem', '-inkey', 'client.key', '-certfile', 'ca-chain.pem'],
    ...['-name', 'John Doe', '-out', 'john.p12', '-passout', 'pass:secret'],
  )
  await walk.run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
  await walk.run('pk12util', ['-i', walk.path('john.p12'), '-d', `sql:${folder}`, '-W', 'secret', '-K', ''])
}
