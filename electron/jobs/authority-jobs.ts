import { renewClient } from '#electron/pki/authority/client'
import { isAppError } from '#shared/errors'
import { issueClient } from '../pki/authority/client'
import { factsOf } from '../pki/authority/facts'
import { createIntermediate } from '../pki/authority/intermediate'
import { type OpenIssuer, openIssuer } from '../pki/authority/issuer'
import { matchList } from '../pki/authority/lists/request-list'
import { reviewRequest } from '../pki/authority/requested'
import { rollOver } from '../pki/authority/roll-over'
import { createRoot } from '../pki/authority/root'
import { createCrl } from '../pki/crl/write'
import type { JobTable, Renewed } from './table'

type AuthorityJob =
  | 'match-list'
  | 'review-requests'
  | 'create-authority'
  | 'issue-certificates'
  | 'renew-certificates'
  | 'write-crl'

/** Signatures on their way at once: enough for every core, few enough to tell how far things are. */
const together = 16

/** What an issuer (CA) signs, and what it looks at before. */
export const authorityJobs: Pick<JobTable, AuthorityJob> = {
  'match-list': async ({ lists, found, encoding }) => matchList(lists, found, encoding),

  'review-requests': ({ requests }, report) =>
    inPortions(requests, (done) => report({ fraction: done, phase: 'Reading the requests' }), reviewOrNull),

  'create-authority': ({ name, issuer, ...input }, report) => {
    report({ fraction: null, phase: 'Making the key' })
    if ('successorOf' in name) return rollOver({ ...input, certificate: name.successorOf, issuer })
    return issuer === null ? createRoot({ ...input, ...name }) : createIntermediate({ ...input, ...name, ...issuer })
  },

  'issue-certificates': ({ issuer, clients }, report) => {
    const open = openIssuer(issuer)
    return inPortions(
      clients,
      (done) => report({ fraction: done, phase: 'Signing' }),
      (client) => issueClient(open, client).then(factsOf),
    )
  },

  'renew-certificates': ({ issuer, certificates, days, now }, report) => {
    const open = openIssuer(issuer)
    return inPortions(
      certificates,
      (done) => report({ fraction: done, phase: 'Signing' }),
      (certificate) => renewOrRefuse(open, { certificate, days, now }),
    )
  },

  'write-crl': async ({ issuer, ...input }, report) => {
    report({ fraction: null, phase: 'Signing the list' })
    return { der: await createCrl({ ...input, ...issuer }) }
  },
}

async function renewOrRefuse(issuer: OpenIssuer, input: Parameters<typeof renewClient>[1]): Promise<Renewed> {
  try {
    return { facts: factsOf(await renewClient(issuer, input)) }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { code: error.code, detail: error.detail }
  }
}

async function reviewOrNull(der: Uint8Array) {
  try {
    return await reviewRequest(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

async function inPortions<In, Out>(
  all: In[],
  report: (done: number) => void,
  work: (one: In) => Promise<Out>,
): Promise<Out[]> {
  const made: Out[] = []
  for (let start = 0; start < all.length; start += together) {
    report(start / all.length)
    made.push(...(await Promise.all(all.slice(start, start + together).map(work))))
  }
  return made
}
