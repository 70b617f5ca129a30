import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The package of a module; of the bundler's own helpers too, whose names begin with a zero. */
function packageOf(id: string): string | null {
  const [, bundler] = /^\0(vite|rolldown)\//u.exec(id) ?? []
  if (bundler !== undefined) return `node_modules/${bundler}`
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(id) ?? []
  return folder === undefined ? null : relative(root, folder)
}

/** Writes down which packages are in a bundle, for their licences and the SBOM (`setup/contained-packages.mjs`). */
export function listPackages(build: string): Plugin {
  return {
    name: 'list-packages',
    writeBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
      const folders = modules.flatMap((id) => packageOf(id) ?? [])
      mkdirSync(`${root}out/.bundled`, { recursive: true })
      // Renamed, so that a build at the same time never reads half of it.
      const part = `${root}out/${build}-${process.pid}.json`
      writeFileSync(part, JSON.stringify([...new Set(folders)].sort()))
      renameSync(part, `${root}out/.bundled/${build}.json`)
    },
  }
}
