import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CleanDebian } from './clean-debian'
import { runProgram } from './packaged-cli'

/**
 * Gives a Debian a database of RPM that states what is really there, by the names that Fedora's packages provide: each library that
 * the linker finds, and the tools on the PATH. So `rpm` judges what a package requires.
 */
export function describeToRpm(debian: CleanDebian): void {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-fedora-'))
  try {
    const spec = join(folder, 'this-system.spec')
    writeFileSync(spec, specOf(namesOf(debian)))
    const made = runProgram('rpmbuild', ['-bb', '--define', `_topdir ${folder}`, spec])
    if (made.code !== 0) throw new Error(made.stderr)
    const [name = ''] = readdirSync(join(folder, 'RPMS', 'noarch'))
    const file = debian.bring(join(folder, 'RPMS', 'noarch', name))
    const { code, output } = debian.run(`rpm --force-debian --install ${file} 2>&1`)
    if (code !== 0) throw new Error(output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function namesOf(debian: CleanDebian): string[] {
  const { output } = debian.run('/sbin/ldconfig --print-cache')
  const libraries = [...output.matchAll(/^\s+(\S+) \(libc6,x86-64/gmu)].map(([, soname]) => `${soname}()(64bit)`)
  /** Which of Fedora's packages has a program. */
  const programs = { certutil: 'nss-tools', 'xdg-open': 'xdg-utils', sh: '/bin/sh' }
  const tools = Object.entries(programs).filter(([program]) => debian.run(`command -v ${program}`).code === 0)
  return [...new Set([...libraries, ...tools.map(([, name]) => name)])].sort()
}

const specOf = (names: readonly string[]) => `Name: this-system
Version: 1
Release: 1
Summary: What is installed here
License: MIT
BuildArch: noarch
AutoReqProv: no
${names.map((name) => `Provides: ${name}`).join('\n')}
%description
What is installed here.
%files
`
