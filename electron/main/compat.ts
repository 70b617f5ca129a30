import { webcrypto } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'

/** What differs between the oldest and the newest Electron that Latchkey runs on. Imported first. */

// Node 18 (Electron 25) has no global Web Crypto; @peculiar/x509 and jose expect one.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

/** The old runtime from the package registry that set-up falls back to; set-up leaves a marker beside the executable. */
export function isTrialRuntime(): boolean {
  return existsSync(join(dirname(process.execPath), 'latchkey-trial'))
}

/** Chromium's own sandbox. As root it cannot work, and asking for it together with `--no-sandbox` ends the GPU process. */
export function enableSandboxWherePossible(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

export function chromiumMajor(): number {
  return Number.parseInt(process.versions.chrome ?? '0', 10)
}

/**
 * Whether windows are Wayland's own. Chromium writes what it has chosen onto its command line before any script runs
 * (`SetOzonePlatformForLinuxIfNeeded`), by the session alone since Electron 38.
 */
export const isWayland = (): boolean => app.commandLine.getSwitchValue('ozone-platform') === 'wayland'
