import { authority, fillIssued, type PretendedAuthority } from './authority-examples'
import type { Scene } from './world'

/** A company with one root, the intermediate that signs, its predecessor, one that rests, and a partner's certificate. */
export function createAuthorities(scene: Scene): PretendedAuthority[] {
  if (scene === 'empty' || scene === 'new') return []
  const root = authority('Acme Root CA', {
    from: -420,
    days: 3650,
    crl: { number: 4, since: -20, days: 30, entries: 0 },
    crlDue: 'soon',
  })
  const clients = authority('Acme Client CA', {
    parent: root,
    crl: { number: 12, since: -6, days: 30, entries: 1 },
    crlDue: 'now',
    needsLastCrl: scene === 'no-backup',
  })
  const devices = authority('Acme Devices CA', {
    parent: root,
    algorithm: 'EC P-384',
    from: -2,
    crl: { number: 7, since: 730, days: 30, entries: 3 },
    crlDue: 'now',
  })
  const old = authority('Acme Client CA 2024', { parent: root, from: -1700, crl: null })
  const archived = authority('Acme Pilot CA', { from: -900, archived: true })
  const partner = authority('Partner Network Root with a rather long name', { hasKey: false, days: 2000 })
  fillIssued(clients, scene === 'many' ? 100_000 : 60)
  fillIssued(old, 14)
  old.summary = { ...old.summary, successor: clients.summary.id }
  return [root, clients, devices, old, partner, archived]
}
