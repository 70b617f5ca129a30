import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Every report of somebody whose change of Cloudflare went wrong that we know of, each with a test whose name has its number.
 * Numbers without a name are those of issues of Cloudflare's Terraform provider.
 */
const reports: Record<string, string[]> = {
  'the first apply replaced the settings of the whole account': ['7132'],
  'a zone’s update carried the hostname of another zone': ['4520'],
  'a new PEM was “updated”, and the old CA stayed live': ['6916'],
  'a CA could not be deleted while its hostnames still detached': ['987', '5941'],
  'hostnames were emptied, the deletion failed, and the host was left without its CA': ['5977'],
  'an empty list was left out of the request, so nothing was detached': ['terraform-provider-ibm 6669'],
  'settings were still being updated': ['6559', '6152'],
  'an unspecified precedence reordered policies': ['937', '941'],
  'precedence 0 is documented, and refused or drifting': ['5010', '5756'],
  'a reusable link was refused': ['5499'],
  'an application’s own policy was deleted through the endpoint of the reusable ones': ['5586'],
  'a policy was deleted before it was detached': ['7284', '7140'],
  'the last policy could not be removed': ['3469'],
  'defaults of the server were read as endless change': ['5495', '5565'],
  'app_count moved between write and read': ['5608'],
  '{certificate: {}} did not come back as it was': ['7156'],
  'an upgrade replaced policies': ['3921'],
  'an update disabled the header transforms that it did not list': ['6903'],
  'a PUT of associations replaced the whole list': ['1044'],
  'CRLF was seen as a change': ['6860'],
  'an address belonged to somebody else': ['1893', 'wrangler-action 241', 'workers-sdk 4660'],
  'an upload dropped or replaced secrets': ['2393', '5892', 'alchemy 1452'],
  'a 429 used up all retries in a second and a half': ['435', '5505', 'cloudflare-go 4220'],
  'a list was paged for ever': ['cloudflare-typescript 2661', 'cloudflare-python 2682', 'cartography 2942'],
  'an upload was malformed': ['cloudflare-typescript 2799', '158'],
  'an object in use was destroyed to be made again': ['soleur 7065'],
  'an account’s token was called invalid by the endpoint for users': ['craft-cloudflare 78', 'counterscale 268'],
  'a serial from 0x80 on gained an octet, so a revoked certificate passed': ['access-crl-worker-template 4'],
  'a serial in hex was read as decimal': ['cfssl 979'],
}

const folders = ['cloudflare', 'pki/crl', 'cfssl']

/** The option `recursive` of `readdirSync` came with Node 18.17; Electron 25 has 18.15. */
const testsUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testsUnder(path)
    return path.endsWith('.test.ts') ? [path] : []
  })

/** The names of all tests there. */
function names(): string {
  const paths = folders.flatMap((folder) => testsUnder(join('test/unit/electron', folder)))
  const texts = paths.map((path) => readFileSync(path, 'utf8'))
  const title = /(?:^\s*|\()(['`])(.*)\1,(?:\s*$|\s*(?:async )?\()/gmu
  return texts.flatMap((text) => [...text.matchAll(title)].map(([, , words]) => words)).join('\n')
}

test.each(Object.entries(reports))('%s: there is a test of it', (_what, numbers) => {
  const all = names()
  for (const number of numbers) expect(all).toMatch(new RegExp(`\\b${number}\\b`, 'u'))
})
