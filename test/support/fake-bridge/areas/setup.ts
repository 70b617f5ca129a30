import type { Handlers } from '#shared/ipc/contract'
import { Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { SetupContent, type SetupReview } from '#shared/model/setup-file'
import { inDays } from '../examples'
import { type Pretence, refuse } from '../pretence'

type Area = Pick<Handlers, Extract<keyof Handlers, `setup.${string}`>>

const key = { sha256: Sha256.parse('5e'.repeat(32)), code: KeyCode.parse('K7QD-2M5A-XWPL-3ROB') }

const content = SetupContent.parse({
  from: 'Acme IT',
  madeAt: inDays(-2),
  sites: ['https://wiki.acme.example/', 'https://admin.acme.example:8443/start'],
  commonName: '{name} (Acme)',
  keyType: 'p-256',
  contact: 'it@acme.example',
  issuers: ['c4'.repeat(32)],
})

/** A file that says “pinned” is verified by policy, one that says “newer” is of a newer version. */
export function pretendSetup({ world, changed, needVault }: Pretence): Area {
  function review(file: Uint8Array): SetupReview {
    const text = new TextDecoder().decode(file)
    if (text.includes('newer')) throw refuse('setup-too-new', 'version 2')
    const listed = new Set(world.hosts.map(({ hostname }) => hostname))
    const known = content.sites.filter((site) => listed.has(new URL(site).hostname))
    return { content, key, standing: text.includes('pinned') ? 'policy' : 'unverified', known }
  }
  return {
    'setup.make': async ({ sites, ...draft }) => {
      needVault()
      const made = { ...content, ...draft, sites: sites.map((site) => new URL(site).href), madeAt: inDays(0) }
      return { content: made, key, link: `latchkey://setup#${'bGF0Y2hrZXk'.repeat(40)}`, name: 'acme-it.latchkey' }
    },
    'setup.review': async ({ file }) => review(file),
    'setup.use': async ({ file, compared }) => {
      const reviewed = review(file)
      if (reviewed.standing === 'unverified' && compared !== key.code) throw refuse('setup-unverified')
      changed('hosts', 'activity')
      return reviewed
    },
  }
}
