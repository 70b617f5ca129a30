import { Badge, Text } from '@mantine/core'
import { Fragment } from 'react'
import type { DetailField } from '#shared/model/details'
import { CopyButton } from '../CopyButton'

/** One statement: its name, its words, its bytes where wanted, and a button that copies the words. */
export function DetailRow({ field, showsBytes }: { field: DetailField; showsBytes: boolean }) {
  const { label, value, raw, oid, critical } = field
  const isCode = /^([0-9A-F]{2}:)+[0-9A-F]{2}$/mu.test(value)
  return (
    <div className="details-row">
      <dt title={oid ?? undefined}>
        {label}
        {critical === true && (
          <Badge size="xs" variant="light" ml={6}>
            critical
          </Badge>
        )}
      </dt>
      <dd>
        <div className="details-words">
          <span className={isCode ? 'lines mono' : 'lines'}>{isCode ? <Code text={value} /> : value}</span>
          {showsBytes && raw !== null && (
            <Text component="div" className="mono details-bytes" c="dimmed">
              {raw}
            </Text>
          )}
        </div>
        <CopyButton iconOnly label={`Copy: ${label}`} text={showsBytes && raw !== null ? raw : value} />
      </dd>
    </div>
  )
}

/** Long codes go on in the next line after a colon, never within a byte. */
function Code({ text }: { text: string }) {
  return text.split(':').map((part, index, { length }) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
    <Fragment key={index}>
      {part}
      {index < length - 1 && (
        <>
          :<wbr />
        </>
      )}
    </Fragment>
  ))
}
