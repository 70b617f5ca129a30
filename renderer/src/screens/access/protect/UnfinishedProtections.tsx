import { Button } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useEffect } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import { isPracticeAccount } from '#shared/model/access-account'
import { call, useAnswer } from '../../../api'
import { showFailure, useNoticedAction } from '../../../components/failure-notice'
import { useAreas } from '../../../components/use-areas'
import { useNavigation } from '../../../navigation'
import { createStore } from '../../../store'
import styles from '../access.module.css'
import { shownPlan } from '../plan/plan-store'
import { usePlanner } from '../plan/use-planner'
import { openWish } from '../wishes/wish-store'
import { type Protection, protectIntent, typedProtection } from './typed-protection'

/** Sites that somebody has begun to protect: they are led on to where they were. `account`: the one that is open; null for none. */
export function UnfinishedProtections({
  account,
  className,
}: {
  account: string | null
  className?: string | undefined
}) {
  const { data: protections = [] } = useAnswer('cloudflare.protections', undefined)
  const { practice } = useAreas()
  const unfinished = protections.filter(
    (one) => isUnfinished(one, account) && !(practice.isHidden && isPracticeAccount({ id: one.account })),
  )
  if (unfinished.length === 0) return null
  return (
    <div className={className}>
      {unfinished.map((one) => (
        <Unfinished key={one.account} protection={one} isOpen={one.account === account} />
      ))}
    </div>
  )
}

/** A run that waits in the open account has a notice of its own. */
const isUnfinished = ({ account, run, proof }: Protection, open: string | null): boolean =>
  run === null || (run.state === 'done' ? proof.report?.isProven !== true : run.state === 'waiting' && account !== open)

/** The account that is being opened to go on there: only once it is read can anything be planned. */
const opening = createStore<string | null>(null)

function Unfinished({ protection, isOpen }: { protection: Protection; isOpen: boolean }) {
  const { go } = useNavigation()
  const { plan, status } = usePlanner()
  const forget = useNoticedAction('cloudflare.forgetProtection', 'It was not discarded.')
  const { account, planned, run } = protection

  useEffect(() => {
    if (!isOpen || opening.get() !== account) return
    opening.set(null)
    void resume()
  })

  async function open() {
    if (run === null) opening.set(account)
    try {
      await call('cloudflare.practise', { isOn: isPracticeAccount({ id: account }) })
    } catch (error) {
      // A later visit does not go on by itself with what this click could not open.
      opening.set(null)
      showFailure('The account was not opened.', error)
      return
    }
    if (run !== null) await resume()
  }

  async function resume() {
    if (run !== null) {
      shownPlan.set({ kind: 'run', run })
      go({ screen: 'access', view: 'plan' })
      return
    }
    const intent = planned === null ? null : protectIntent(typedProtection(protection.draft))
    if (intent !== null && (await plan(intent))) return
    openWish.set({ wish: 'protect', issuer: null })
    go({ screen: 'access', view: 'overview' })
  }

  return (
    <div className={styles.notice} role="status">
      <IconClockPause size={18} aria-hidden />
      <span className={styles.grow}>{withIsolatedNames(words(protection))}</span>
      {status ?? (
        <>
          <Button size="xs" variant="default" onClick={() => void (isOpen ? resume() : open())}>
            Continue
          </Button>
          <Button size="xs" variant="default" loading={forget.isPending} onClick={() => forget.mutate({ account })}>
            {run === null ? 'Discard' : 'Hide'}
          </Button>
        </>
      )}
    </div>
  )
}

function words({ account, draft, planned, run }: Protection): string {
  const where = isPracticeAccount({ id: account }) ? ' in the practice account' : ''
  const site = planned?.hostname ?? draft.address.trim()
  const what = site === '' ? 'a site' : site
  if (run?.state === 'waiting')
    return `Protecting ${what}${where} stopped after step ${run.done} of ${run.steps.length}.`
  if (run !== null) return `The plan for ${what}${where} is applied. Its first certificate is not tested yet.`
  if (planned !== null) return `You planned to protect ${what}${where}. Nothing was changed yet.`
  return `You began to protect ${what}${where}. There is no plan yet.`
}
