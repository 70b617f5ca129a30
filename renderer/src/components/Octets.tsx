import { Fragment } from 'react'
import { octetsIn } from '#shared/logic/octets'

/** A text in which a line ends between two octets of a hexadecimal number, never within one. */
export function Octets({ text }: { text: string }) {
  return octetsIn(text).flatMap((octets, part) =>
    octets.map((octet, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <Fragment key={`${part} ${index}`}>
        {index > 0 && <wbr />}
        {octet}
      </Fragment>
    )),
  )
}
