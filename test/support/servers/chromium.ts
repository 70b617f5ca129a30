import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { temporaryFolder } from '../home'
import { programOf } from './packages'

const run = promisify(execFile)

/** What a browser came to at an address: the status of its first answer, or the name of its error. */
export type BrowserSaw = { status: number } | { error: string }

export interface Browser {
  visit(address: string): Promise<BrowserSaw>
  close(): Promise<void>
}

/** Debian's headless Chromium, which shows no client certificate, in a HOME where exactly these roots (PEM) are trusted. */
export async function startChromium(roots: string[]): Promise<Browser> {
  const { command, env } = await programOf('usr/lib/chromium/chromium-headless-shell', 'chromium')
  const home = temporaryFolder()
  await trust(home, roots)
  // Only here: most runs of the tests around it need no browser.
  const { chromium } = await import('@playwright/test')
  const browser = await chromium.launch({
    executablePath: command,
    args: ['--no-sandbox', '--no-proxy-server'],
    env: { ...env, HOME: home },
  })
  return {
    async visit(address) {
      const context = await browser.newContext()
      try {
        return await visit(await context.newPage(), address)
      } finally {
        await context.close()
      }
    },
    close: () => browser.close(),
  }
}

async function trust(home: string, roots: string[]): Promise<void> {
  const folder = join(home, '.pki', 'nssdb')
  await mkdir(folder, { recursive: true })
  await run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
  for (const [index, root] of roots.entries()) {
    const file = join(home, `root-${index}.pem`)
    await writeFile(file, root)
    await run('certutil', ['-A', '-d', `sql:${folder}`, '-n', `root ${index}`, '-t', 'C,,', '-i', file])
  }
}

/** The first answer counts, whatever becomes of its page or of where it leads. */
async function visit(page: Page, address: string): Promise<BrowserSaw> {
  const answered = new Promise<BrowserSaw>((resolve) => {
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) resolve({ status: response.status() })
    })
  })
  const failed = new Promise<BrowserSaw>((resolve) => {
    page.goto(address, { waitUntil: 'commit', timeout: 8_000 }).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : String(error)
      resolve({ error: /net::(\w+)/u.exec(said)?.[1] ?? said })
    })
  })
  return Promise.race([answered, failed])
}
