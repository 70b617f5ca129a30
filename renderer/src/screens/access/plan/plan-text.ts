import { verdictWords } from '#shared/logic/access/explanation-words'
import { countOf } from '#shared/logic/formatting'
import { isPracticeAccount } from '#shared/model/access-account'
import type { VisitorOutlook } from '#shared/model/access-plan'
import type { AccessPlanView } from '#shared/model/access-screen'

export const changesIn = ({ lines }: AccessPlanView): number =>
  lines.filter(({ place }) => place === 'cloudflare').length

/** "4 changes at Cloudflare, 2 steps on this computer." Saving a backup or testing a site is not counted as a change. */
export function planCounts(plan: AccessPlanView): string {
  const changes = changesIn(plan)
  const here = plan.lines.length - changes
  if (isPracticeAccount(plan.account)) return `${countOf(changes, 'change')} to the practice account.`
  return `${countOf(changes, 'change')} at Cloudflare, ${countOf(here, 'step')} on this computer.`
}

export interface Confirmation {
  /** What has to be typed. */
  name: string
  /** Numbers of the steps that it confirms, from 1. */
  steps: number[]
}

/** Each name once, however many steps ask for it. */
export function confirmationsIn({ lines }: AccessPlanView): Confirmation[] {
  const steps = new Map<string, number[]>()
  for (const [index, { confirm }] of lines.entries())
    for (const name of confirm) steps.set(name, [...(steps.get(name) ?? []), index + 1])
  return [...steps].map(([name, numbers]) => ({ name, steps: [...new Set(numbers)] }))
}

export interface VisitorLine {
  key: string
  name: string
  issuer: string | null
  before: VisitorOutlook['before']
  after: VisitorOutlook['after']
  beforeWords: string
  afterWords: string
  isChanged: boolean
  losesAccess: boolean
}

/** Who gets in before and after, by address. Rows that stay as they are come after those that change. */
export function visitorsByAddress(visitors: VisitorOutlook[]): { address: string; lines: VisitorLine[] }[] {
  const groups = new Map<string, VisitorLine[]>()
  for (const one of visitors) {
    const address = `${one.hostname}${one.path === '/' ? '' : one.path}`
    groups.set(address, [...(groups.get(address) ?? []), lineOf(one)])
  }
  return [...groups].map(([address, lines]) => ({
    address,
    lines: [...lines].sort((one, other) => Number(other.isChanged) - Number(one.isChanged)),
  }))
}

function lineOf({ visitor: { certificate }, before, after }: VisitorOutlook): VisitorLine {
  const [beforeWords, afterWords] = [verdictWords(before), verdictWords(after)]
  const name = certificate === null ? 'No certificate' : (certificate.commonName ?? 'Any other certificate')
  const issuer = certificate?.issuerName ?? null
  return {
    key: `${name} ${issuer}`,
    name,
    issuer,
    before,
    after,
    beforeWords,
    afterWords,
    isChanged: beforeWords !== afterWords,
    losesAccess: before.verdict !== 'refused' && after.verdict === 'refused',
  }
}
