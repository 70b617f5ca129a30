import { Button, Text } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AccessRollOver, AccessRollOverStage } from '#shared/model/access-roll-over'
import { useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { WaitingRun } from '../overview/WaitingRun'
import { PageHead } from '../PageHead'
import { usePlanner } from '../plan/use-planner'
import { readWords } from '../read-words'
import { openWish } from '../wishes/wish-store'
import { RollOverTests } from './RollOverTests'
import { Stage } from './Stage'
import { numberOfStage, type StageId, stageIds, stageStates } from './stages'

/** The roll-over that was begun last: where it stands, by the journals and by the account as it was read. */
export function RollOverPage() {
  const query = useAnswer('cloudflare.rollOver', undefined)
  const { go } = useNavigation()
  const back = () => go({ screen: 'access', view: 'overview' })
  return (
    <div className={styles.page}>
      <Answered query={query} onRetry={query.refetch} loader={{ m: 'xl' }}>
        {(found) => (found === null ? <None onBack={back} /> : <Stages rollOver={found} onBack={back} />)}
      </Answered>
    </div>
  )
}

function None({ onBack }: { onBack(): void }) {
  return (
    <>
      <PageHead title="No CA is being rolled over" sentence="Choose the old and the new CA first." onBack={onBack} />
      <div className={styles.body}>
        <Button
          onClick={() => {
            openWish.set({ wish: 'roll-over', issuer: null })
            onBack()
          }}
        >
          Roll a CA over…
        </Button>
      </div>
    </>
  )
}

function Stages({ rollOver, onBack }: { rollOver: AccessRollOver; onBack(): void }) {
  const now = useNow()
  const { plan, status, isBusy } = usePlanner()
  const { old, next, hostnames, readAt, waiting, tested } = rollOver
  const states = stageStates(rollOver)
  const { id: nextId } = next
  const button = (stage: AccessRollOverStage) =>
    waiting === null && states[stage] === 'now' && nextId !== null ? (
      <Button
        size="xs"
        disabled={isBusy}
        onClick={() => void plan({ kind: 'roll-over', old: old.id, ca: { kind: 'uploaded', ca: nextId }, stage })}
      >
        Plan this step
      </Button>
    ) : null
  const withNext = hostnames.filter(({ hasNext }) => hasNext).length
  const withOld = hostnames.filter(({ hasOld }) => hasOld).map(({ hostname }) => hostname)
  const titles: Record<StageId, string> = {
    overlap: `Put ${next.name} beside ${old.name}`,
    test: 'Test a certificate of each CA',
    move: `Take ${old.name} off its hostnames`,
    retire: `Delete ${old.name}`,
  }
  const evidence: Record<StageId, string> = {
    overlap:
      next.id === null
        ? `Access has no CA ${quoted(next.name)}.`
        : `Access has ${quoted(next.name)} on ${withNext} of ${countOf(hostnames.length, 'hostname')}.`,
    test:
      states.test === 'over'
        ? `Both can be tested only while ${quoted(old.name)} is on a hostname.`
        : `Latchkey shows a certificate of each CA where it has one with its key. The plan of step ${numberOfStage('move')} tests again first.`,
    move:
      withOld.length === 0
        ? `${quoted(old.name)} is on no hostname any more.`
        : `${quoted(old.name)} is still on ${withOld.join(', ')}.`,
    retire:
      states.retire === 'done' ? `Access has no CA ${quoted(old.name)} any more.` : 'Possible once no hostname has it.',
  }
  return (
    <>
      <PageHead
        title={`Roll ${old.name} over to ${next.name}`}
        sentence={`As ${readWords(readAt, now)}.`}
        onBack={onBack}
      />
      <div className={styles.body}>
        {waiting !== null && <WaitingRun id={waiting} />}
        {status}
        <ol className={styles.stages}>
          {stageIds.map((id) => (
            <Stage key={id} number={numberOfStage(id)} title={titles[id]} state={states[id]} evidence={evidence[id]}>
              {id !== 'test' && button(id)}
              {id === 'test' && states.test === 'now' && <RollOverTests tested={tested} />}
            </Stage>
          ))}
        </ol>
        {states.retire === 'done' && (
          <Text role="status">The roll-over is done. Access no longer has the CA {old.name}.</Text>
        )}
      </div>
    </>
  )
}
