import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageInto } from './packaged'

/** This clone as an unpacked package. */
export interface Unpacked {
  /** Where its packages go. */
  output: string
  folder: string
  resources: string
  /** The command-line executable. */
  cli: string
  remove(): void
}

export function unpackedPackage(): Unpacked {
  const output = mkdtempSync(join(tmpdir(), 'latchkey-package-'))
  packageInto(output)
  const folder = join(output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  const resources = join(folder, 'resources')
  const remove = () => rmSync(output, { recursive: true, force: true })
  return { output, folder, resources, cli: join(resources, 'bin', 'latchkey'), remove }
}

/** Runs a program to its end, with these variables besides those of the test's session. */
export function runProgram(program: string, args: readonly string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, ...environment }
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return { code: status, stdout, stderr }
}
