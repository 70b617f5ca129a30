import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowserVisitor } from '#electron/probe/browser'
import { AppError } from '#shared/errors'
import { chromiumMajor, isTrialRuntime } from './compat'
import { isThrowAwayHome } from './throw-away-home'

/** Since this version Chromium reads ~/.local/share/pki/nssdb, unless ~/.pki/nssdb exists. */
const firstWithNewFolder = 146

/**
 * The trial runtime creates ~/.pki/nssdb with its first TLS connection, and from then on a current Chrome ignores the
 * certificates in its own folder. So it never tests as a browser in a person's HOME where that folder is absent. Null: it may.
 */
export function browserModeProblem(): string | null {
  const wouldHide = isTrialRuntime() && !isThrowAwayHome(homedir()) && !existsSync(join(homedir(), '.pki', 'nssdb'))
  return wouldHide
    ? 'This trial runtime would create ~/.pki/nssdb and so hide the certificates of a current Chrome.'
    : null
}

export function guardBrowserMode(visitor: BrowserVisitor): BrowserVisitor {
  return {
    async visit(input) {
      const problem = browserModeProblem()
      if (problem !== null) throw new AppError('browser-mode-unavailable', problem)
      return visitor.visit(input)
    },
  }
}

/** The browser whose certificates we manage: our own engine, except that a trial runtime stands in for a current one. */
export function browserChromiumMajor(): number {
  return isTrialRuntime() && !isThrowAwayHome(homedir())
    ? Math.max(chromiumMajor(), firstWithNewFolder)
    : chromiumMajor()
}
