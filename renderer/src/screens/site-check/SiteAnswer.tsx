import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCertificate, IconCheck, IconEye, IconInfoCircle } from '@tabler/icons-react'
import { joinNames } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import { issuersAsked } from '#shared/logic/site-fit'
import type { SiteCheck } from '#shared/model/site-check'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import { WhoActs } from '../../components/WhoActs'
import { AcceptedIssuers } from './AcceptedIssuers'
import { CandidateCard } from './CandidateCard'
import { OtherCertificates } from './OtherCertificates'
import styles from './SiteCheck.module.css'
import { siteWords, sortCandidates } from './site-words'
import { useSiteChoice } from './use-site-choice'

/** What the site wants, what of it is here, and the one thing to do now. */
export function SiteAnswer({ check }: { check: SiteCheck }) {
  const { need, report } = check
  const choice = useSiteChoice(check)
  const { headline, explanation } = siteWords(check)
  const { offered, others } = sortCandidates(check)
  const named = issuersAsked(report)
  return (
    <Stack gap="md">
      <div className={styles.verdict}>
        <NeedIcon need={need} />
        <div role="status">
          <Title order={1} className={textStyles.wrap}>
            {withIsolatedNames(headline)}
          </Title>
          <Text c="dimmed">{explanation}</Text>
        </div>
      </div>
      {choice.error !== null && <ErrorNotice error={choice.error} />}
      {need === 'other' && <Judgement check={check} onTest={choice.testAlone} />}
      {offered.map((candidate, index) => (
        <CandidateCard
          key={candidate.sha256}
          candidate={candidate}
          isFirst={need === 'have' && index === 0}
          action={need === 'have' ? 'Use it' : 'Try it'}
          onUse={() => choice.use(candidate)}
        />
      ))}
      {named.length > 0 && <AcceptedIssuers issuers={named} certificates={check.certificates} />}
      {(need !== 'other' || named.length > 0) && (
        <div className={styles.request}>
          <Text c="dimmed" size="sm">
            {need === 'have' ? 'Not yours, or you want one for this computer only?' : requestWords}
          </Text>
          <Button variant={need === 'have' || need === 'other' ? 'default' : 'filled'} onClick={choice.request}>
            Request one
          </Button>
        </div>
      )}
      {need !== 'other' && others.length > 0 && <OtherCertificates others={others} offered={offered.length} />}
      {check.unreadStores.length > 0 && (
        <Text size="sm" c="dimmed">
          Latchkey could not read {joinNames(check.unreadStores)}.
        </Text>
      )}
      <Text size="sm" c="dimmed" className={styles.presented}>
        <IconEye size={15} aria-hidden />
        <span>
          No certificate was presented while Latchkey looked.
          {need === 'have' && offered.some(({ testable }) => testable !== null)
            ? ' “Use it” tests the site with this one.'
            : ''}
        </span>
      </Text>
    </Stack>
  )
}

const requestWords =
  'Latchkey makes a private key that stays on this computer, and a request for your administrator to sign.'

function NeedIcon({ need }: Pick<SiteCheck, 'need'>) {
  const Icon = need === 'have' ? IconCheck : need === 'other' ? IconInfoCircle : IconCertificate
  return (
    <ThemeIcon
      size={44}
      radius="xl"
      variant="light"
      color={need === 'have' ? 'teal' : need === 'other' ? 'gray' : 'indigo'}
    >
      <Icon size={24} aria-hidden />
    </ThemeIcon>
  )
}

/** The cause that the test names, who can do something about it, and what. */
function Judgement({ check: { report }, onTest }: { check: SiteCheck; onTest(): void }) {
  const [cause] = report.findings
  const isSaid = cause !== undefined && report.verdict.sentence.toLowerCase().includes(cause.title.toLowerCase())
  return (
    <section className={layout.card} aria-label="What was found">
      {cause !== undefined && (
        <>
          {!isSaid && <Text fw={600}>{cause.title}</Text>}
          <WhoActs who={cause.who} />
          <Text size="sm" c="dimmed" mb="sm" className={textStyles.wrap}>
            {withIsolatedNames(cause.remedy)}
          </Text>
        </>
      )}
      <Button variant="default" onClick={onTest}>
        Test it in Sites
      </Button>
    </section>
  )
}
