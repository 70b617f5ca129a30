import { ActionIcon, Button, Select, Text, TextInput, Title } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconCheck,
  IconInfoCircle,
  IconMinus,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react'
import { isolated, quoted, withIsolatedNames } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import type { AccessAnswer } from '#shared/model/access-screen'
import { useAnswer, useRows } from '../../../api'
import { Answered } from '../../../components/Answered'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { useStore } from '../../../store'
import styles from '../access.module.css'
import { OutlookMark } from '../OutlookMark'
import { usePlanner } from '../plan/use-planner'
import { momentWords } from '../read-words'
import { question, type VisitorChoice } from './question-store'
import own from './WhoGetsIn.module.css'

/** For a certificate and an address: let in, refused, or what it depends on, with the reasons in their order. */
export function WhoGetsIn() {
  const { go } = useNavigation()
  const asked = useStore(question)
  const isReady = asked.address.trim() !== ''
  const now = useNow()
  const { data: overview } = useAnswer('cloudflare.overview', undefined)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Back to Access"
          onClick={() => go({ screen: 'access', view: 'overview' })}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div className={styles.title}>
          <Title order={1}>Who gets in?</Title>
          <Text size="sm" c="dimmed">
            {overview == null ? '' : `As read ${momentWords(overview.readAt, now)}. `}Nothing is sent to the site.
          </Text>
        </div>
      </div>
      <div className={styles.body}>
        <form
          noValidate
          className={own.question}
          onSubmit={whenReady(isReady, () => question.set({ ...asked, isAsked: true }))}
        >
          <VisitorField />
          <TextInput
            label="Address"
            placeholder="https://wiki.example.com/admin"
            value={asked.address}
            maxLength={4096}
            onChange={(event) => question.set({ ...asked, address: event.currentTarget.value, isAsked: false })}
          />
          <SubmitButton isReady={isReady}>Explain</SubmitButton>
        </form>
        {asked.isAsked && isReady && <Explained address={asked.address} visitor={asked.visitor} />}
      </div>
    </div>
  )
}

/** Certificates of this computer, and those that an issuer here has signed. */
function VisitorField() {
  const asked = useStore(question)
  const { rows } = useRows('identities.list', '')
  const { data: issued } = useAnswer('authorities.issued', { authority: null, limit: 200 })
  const identities = rows.flatMap(({ id, name, issuer }) =>
    issuer === null ? [] : [{ value: `identity ${id}`, label: `${isolated(name)} · ${isolated(shortName(issuer))}` }],
  )
  const others = (issued?.rows ?? []).map(({ sha256, commonName, keyCode }) => ({
    value: `issued ${sha256}`,
    label: `${isolated(commonName)} · issued here, key ${keyCode.slice(0, 4)}`,
  }))
  return (
    <Select
      label="Certificate"
      searchable
      allowDeselect={false}
      data={[
        { value: 'nobody', label: 'No certificate' },
        ...(identities.length > 0 ? [{ group: 'On this computer', items: identities }] : []),
        ...(others.length > 0 ? [{ group: 'Issued here', items: others }] : []),
      ]}
      value={choiceValue(asked.visitor)}
      onChange={(value) => question.set({ ...asked, visitor: choiceOf(value ?? 'nobody') })}
    />
  )
}

function choiceValue(visitor: VisitorChoice): string {
  switch (visitor.kind) {
    case 'nobody':
      return 'nobody'
    case 'identity':
      return `identity ${visitor.identity}`
    case 'issued':
      return `issued ${visitor.certificate}`
  }
}

function choiceOf(value: string): VisitorChoice {
  const [kind, id = ''] = value.split(' ')
  if (kind === 'identity') return { kind: 'identity', identity: id }
  return kind === 'issued' ? { kind: 'issued', certificate: id } : { kind: 'nobody' }
}

function Explained({ address, visitor }: { address: string; visitor: VisitorChoice }) {
  const query = useAnswer('cloudflare.explain', { address, visitor })
  return (
    <Answered query={query} onRetry={query.refetch}>
      {(answer) => (
        <div className={styles.columns}>
          <AnswerCard answer={answer} />
          <div>
            <Others answer={answer} />
            <Paths answer={answer} />
            <Text size="sm" c="dimmed" mt="sm">
              <IconInfoCircle size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 6 }} />
              This answer comes from the rules. A connection test shows what the server does.
            </Text>
          </div>
        </div>
      )}
    </Answered>
  )
}

const marks: Record<AccessAnswer['reasons'][number]['mark'], { Icon: typeof IconCheck; color: string }> = {
  passed: { Icon: IconCheck, color: 'teal' },
  chosen: { Icon: IconArrowRight, color: 'indigo' },
  skipped: { Icon: IconMinus, color: 'gray' },
  open: { Icon: IconQuestionMark, color: 'orange' },
  'let-in': { Icon: IconCheck, color: 'teal' },
  refused: { Icon: IconX, color: 'red' },
}

function AnswerCard({ answer }: { answer: AccessAnswer }) {
  const { outlook, headline, sentence, reasons, advice } = answer
  const { plan, status } = usePlanner()
  return (
    <section className={styles.card} aria-label="Answer">
      <div className={own.verdict} data-verdict={outlook.verdict} role="status">
        <OutlookMark outlook={outlook} size={26} />
        <div>
          <Title order={2}>{withIsolatedNames(headline)}</Title>
          <Text size="sm" c="inherit">
            {withIsolatedNames(sentence)}
          </Text>
        </div>
      </div>
      <Title order={3} px="md" pt="sm" c="dimmed" fz="sm">
        Reasons, in the order Access checks them
      </Title>
      <ol className={own.reasons}>
        {reasons.map(({ mark, title, detail }, index) => {
          const { Icon, color } = marks[mark]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
            <li key={index}>
              <ActionIcon component="span" variant="light" color={color} radius="xl" size={24} aria-hidden>
                <Icon size={14} />
              </ActionIcon>
              <div>
                <Text size="sm" fw={600}>
                  {withIsolatedNames(title)}
                </Text>
                <Text size="sm" c="dimmed">
                  {withIsolatedNames(detail)}
                </Text>
              </div>
            </li>
          )
        })}
      </ol>
      {advice !== null && (
        <div className={styles.cardHead} style={{ borderTop: '1px solid var(--latchkey-line)' }}>
          <Text size="sm" flex="1 1 200px">
            {withIsolatedNames(advice.words)}
          </Text>
          {advice.intent !== null && status === null && (
            <Button onClick={() => advice.intent !== null && void plan(advice.intent)}>Plan this change</Button>
          )}
          {status}
        </div>
      )}
    </section>
  )
}

function Others({ answer: { others } }: { answer: AccessAnswer }) {
  if (others.length === 0) return null
  return (
    <section className={styles.card} aria-label="Same address, other visitors">
      <div className={styles.cardHead}>
        <Title order={2}>Same address, other visitors</Title>
      </div>
      <ul className={`${styles.cardBody} ${own.lines}`}>
        {others.map(({ name, issuer, outlook, words }) => (
          <li key={`${name} ${issuer}`} className={own.line}>
            <bdi title={issuer ?? undefined}>{name}</bdi>
            <span className={styles.outlook}>
              <OutlookMark outlook={outlook} size={16} />
              {withIsolatedNames(words)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Paths({ answer: { name, paths } }: { answer: AccessAnswer }) {
  if (paths.length < 2) return null
  const who = name === null ? 'No certificate' : quoted(name)
  return (
    <section className={styles.card} aria-label={`${who} on this hostname`} style={{ marginTop: 14 }}>
      <div className={styles.cardHead}>
        <Title order={2}>{who} on this hostname</Title>
      </div>
      <ul className={`${styles.cardBody} ${own.lines}`}>
        {paths.map(({ path, application, outlook, words }) => (
          <li key={path} className={own.line}>
            <span>
              <code>{path}</code>
              <span className={styles.small}>{application}</span>
            </span>
            <span className={styles.outlook}>
              <OutlookMark outlook={outlook} size={16} />
              {withIsolatedNames(words)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
