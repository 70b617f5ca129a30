import { NumberInput } from '@mantine/core'
import { countOf, formatDate } from '#shared/logic/formatting'
import { useNow } from '../../../components/use-now'
import { daysWithin, endOf, MAX_DAYS } from './lifetime'

interface DaysFieldProps {
  label?: string
  days: number
  onChange(days: number): void
  /** When the issuer itself ends: nothing that it signs lasts longer. */
  issuerEnds?: string | null
}

/** A lifetime in days, with the day on which it is over. */
export function DaysField({ label = 'Lifetime in days', days, onChange, issuerEnds = null }: DaysFieldProps) {
  const now = useNow()
  const most = daysWithin(MAX_DAYS, issuerEnds, now)
  return (
    <NumberInput
      label={label}
      description={days > 0 ? `Until ${formatDate(endOf(days, now))}.` : null}
      value={days}
      min={1}
      max={most}
      clampBehavior="blur"
      allowDecimal={false}
      allowNegative={false}
      error={faultOf(days, most, issuerEnds)}
      onChange={(value) => onChange(Number(value) || 0)}
    />
  )
}

function faultOf(days: number, most: number, issuerEnds: string | null): string | null {
  if (days < 1) return 'At least one day.'
  if (days <= most || issuerEnds === null) return null
  return `Its issuer expires on ${formatDate(issuerEnds)}: at most ${countOf(most, 'day')}.`
}
