import { Text } from '@mantine/core'
import type { RequestPreview } from '#shared/model/authority'
import type { Decision } from './review'

/** What else was asked for: what goes into the certificate, and what does not. */
export function ExtensionsLine({ request, decision }: { request: RequestPreview; decision: Decision }) {
  const others = [...decision.emails, ...decision.dnsNames]
  const dropped = request.extensions.filter(({ copied }) => !copied)
  return (
    <>
      {others.length > 0 && (
        <Text size="xs" className="wrap">
          Other names: {others.join(', ')}
        </Text>
      )}
      {dropped.length > 0 && (
        <Text size="xs" c="dimmed" className="wrap">
          Asked for and left out: {dropped.map(({ words }) => words).join('; ')}
        </Text>
      )}
    </>
  )
}
