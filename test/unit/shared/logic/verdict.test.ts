import { expect, it } from 'vitest'
import { judge } from '#shared/logic/verdict'
import { type Attempt, VerdictKind as Kinds, type VerdictKind } from '#shared/model/probe'
import { answered, failed } from '../../../support/attempts'

const refused = answered(403)
const login = answered(302, { access: { loginRedirect: true } })
const sent = { sent: 'yes' } as const

/** What the two attempts came to, and what is said of it. */
const table: [VerdictKind, Attempt, Attempt | null, 'good' | 'attention' | 'bad' | 'neutral'][] = [
  ['let-in', refused, answered(200, { cookie: true, tls: sent }), 'good'],
  ['let-in', answered(401), answered(200, { cookie: true }), 'good'],
  ['let-in', failed('certificate-demanded'), answered(200, { cookie: true }), 'good'],
  ['let-in', refused, answered(404, { cookie: true }), 'good'],
  ['let-in-without-cookie', refused, answered(200), 'good'],
  ['login-next', refused, login, 'good'],
  ['login-either-way', login, login, 'neutral'],
  ['open-to-everyone', answered(200), answered(200), 'attention'],
  ['open-to-everyone', answered(200), answered(200, { cookie: true }), 'attention'],
  ['refused', refused, answered(403, { tls: sent }), 'bad'],
  ['refused-although-verified', refused, answered(403, { access: { mtlsStatus: 'SUCCESS' }, tls: sent }), 'bad'],
  ['not-asked', refused, answered(403, { tls: { asked: 'no' } }), 'bad'],
  ['not-offered', refused, answered(403, { tls: { sent: 'no' } }), 'bad'],
  ['not-offered', refused, failed('certificate-not-offered'), 'bad'],
  ['certificate-rejected', refused, failed('certificate-rejected'), 'bad'],
  ['certificate-rejected', refused, answered(403, { access: { mtlsStatus: 'FAILED:certificate has expired' } }), 'bad'],
  ['server-untrusted', answered(403, { tls: { trust: 'untrusted' } }), null, 'attention'],
  ['unreachable', failed('timeout'), failed('timeout'), 'bad'],
  ['unreachable', failed('name-unknown'), null, 'bad'],
  ['other-answer', answered(500), answered(500), 'neutral'],
]

it.each(table)('%s', (kind, without, withCertificate, tone) => {
  const verdict = judge(without, withCertificate, { identityName: 'Ada', practice: false })
  expect(verdict).toMatchObject({ kind, tone })
  expect(verdict.sentence).toMatch(/\.$/u)
})

it.each<[VerdictKind, Attempt]>([
  ['protected', refused],
  ['protected', failed('certificate-demanded')],
  ['open-to-everyone', answered(200)],
  ['login-either-way', login],
  ['unreachable', failed('connection-refused')],
  ['server-untrusted', failed('server-untrusted')],
])('%s, when no certificate was chosen', (kind, without) => {
  expect(judge(without, null, { identityName: null, practice: false }).kind).toBe(kind)
})

it('reaches every kind there is', () => {
  const reached = new Set([...table.map(([kind]) => kind), 'protected'])
  expect([...reached].sort()).toEqual([...Kinds.options].sort())
})

it('takes a refusal without a certificate for the good news it is', () => {
  expect(judge(refused, null, { identityName: null, practice: false }).tone).toBe('good')
})

it.each<[what: string, Attempt, Attempt, sentence: RegExp]>([
  ['a login spared', login, answered(200, { cookie: true }), /^Sent to the login without your certificate, let in/],
  ['no comparison', failed('timeout'), answered(200, { cookie: true }), /^Let in with your certificate\.$/],
  ['an odd answer before', answered(500), answered(200), /^Let in with your certificate\.$/],
  [
    'refused only with it',
    answered(200),
    answered(403, { tls: sent }),
    /^Refused with your certificate, let in without/,
  ],
  ['a login, then refused', login, answered(403, { tls: sent }), /^Refused with your certificate\.$/],
  ['cut only with it', refused, failed('connection-reset', sent), /^With your certificate there was no answer/],
  ['trouble behind the door', refused, answered(502, { tls: sent }), /accepted; the site then answered 502/],
  ['a login only with it', answered(200), login, /lets you in without/],
  ['a login, nothing to compare', failed('timeout'), login, /asks for a login/],
  ['another server', refused, failed('server-untrusted', sent), /^Another server answered the second time/],
])('does not say what is not so: %s', (_what, without, withCertificate, sentence) => {
  const verdict = judge(without, withCertificate, { identityName: 'Ada', practice: false })
  expect(verdict.sentence).toMatch(sentence)
  if (without.outcome.kind !== 'answered' || without.outcome.status !== 403)
    expect(verdict.sentence).not.toMatch(/^Refused without/)
})

it('speaks of no certificate where none was chosen', () => {
  const alone = (without: Attempt) => judge(without, null, { identityName: null, practice: false }).explanation
  expect(alone(login)).toContain('without a certificate')
  expect(alone(answered(200))).not.toContain('too')
})

it.each<[VerdictKind, string]>([
  ['certificate-rejected', 'The SSL certificate error'],
  ['not-offered', 'No required SSL certificate was sent'],
])('%s, when nginx says so in a page', (kind, words) => {
  const page = answered(400, { body: `<h1>400 Bad Request</h1><center>${words}</center>`, tls: sent })
  expect(judge(refused, page, { identityName: 'Ada', practice: false }).kind).toBe(kind)
})
