import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api'
import { newJob } from '../../progress'
import { Answered } from '../Answered'
import { ObjectDetails } from './ObjectDetails'
import { ReadFailures } from './ReadFailures'

/** Behind a button: most people never need every field, and nothing is read before somebody does. */
export function AllFieldsButton({ pem, what }: { pem: string; what: 'certificate' | 'request' }) {
  const [isShown, setShown] = useState(false)
  if (isShown) return <PemDetails pem={pem} />
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => setShown(true)}>
        All fields of the {what}
      </Button>
    </div>
  )
}

/** Everything that the first object of a PEM text says, or why it cannot be read. */
export function PemDetails({ pem }: { pem: string }) {
  const query = useQuery({ queryKey: ['objects', pem], queryFn: () => inspect(pem) })
  return (
    <Answered query={query}>
      {({ objects: [first], failures }) =>
        first === undefined ? <ReadFailures failures={failures} /> : <ObjectDetails details={first} />
      }
    </Answered>
  )
}

async function inspect(pem: string) {
  const source = { kind: 'bytes' as const, name: 'PEM', bytes: new TextEncoder().encode(pem) }
  const { file } = await call('files.inspect', { source, password: null, job: newJob() })
  return file
}
