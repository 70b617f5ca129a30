import { QueryClient } from '@tanstack/react-query'
import type { Channel } from '#shared/ipc/channels'
import type { Topic } from '#shared/ipc/events'
import { CallError } from './api'

/** Which answers may be stale after a change. */
const affected: Record<Topic, Channel[]> = {
  identities: [
    'backup.state',
    'vault.unrecorded',
    'identities.list',
    'identities.detail',
    'identities.verify',
    'identities.tags',
    'hosts.list',
    'expiring.places',
    'stored.list',
  ],
  installs: ['identities.list', 'identities.detail', 'installs.stores', 'interrupted.list', 'stored.list'],
  hosts: ['hosts.list', 'lab.state', 'expiring.places'],
  reports: ['connections.reports', 'identities.list', 'identities.detail', 'hosts.list', 'expiring.places'],
  vault: [
    'vault.state',
    'vault.lockAfter',
    'areas.state',
    'vault.unrecorded',
    'interrupted.list',
    'home.state',
    'identities.list',
    'identities.detail',
  ],
  lab: ['lab.state', 'hosts.list'],
  activity: ['activity.list'],
  authorities: [
    'backup.state',
    'vault.unrecorded',
    'authorities.list',
    'authorities.detail',
    'authorities.deletion',
    'authorities.unlocked',
    'authorities.keysForOthers',
    'authorities.issued',
    'identities.verify',
    'expiring.places',
    'areas.state',
  ],
  areas: ['areas.state'],
  updates: ['updates.state'],
  backup: ['backup.state'],
  cloudflare: [
    'cloudflare.connection',
    'cloudflare.overview',
    'cloudflare.explain',
    'cloudflare.runs',
    'cloudflare.protections',
    'cloudflare.rollOver',
    'areas.state',
  ],
  // A day has passed: states and badges too.
  expiring: [
    'expiring.places',
    'stored.list',
    'identities.list',
    'identities.detail',
    'authorities.list',
    'authorities.detail',
  ],
}

/** Answers come from the same computer: they are kept until an event says otherwise, and never tried twice when refused. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => !(error instanceof CallError) && count < 1,
      },
      // What was typed for it, a passphrase perhaps, goes with the form that asked.
      mutations: { networkMode: 'always', gcTime: 0 },
    },
  })
}

export function refresh(client: QueryClient, topics: Topic[]): void {
  const channels = new Set<unknown>(topics.flatMap((topic) => affected[topic]))
  void client.invalidateQueries({ predicate: ({ queryKey: [channel] }) => channels.has(channel) })
}
