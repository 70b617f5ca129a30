import { useQuery } from '@tanstack/react-query'
import { call } from '../../api'
import { newJob } from '../../progress'
import { Answered } from '../Answered'
import { ObjectDetails } from './ObjectDetails'
import { Unread } from './Unread'

/** Everything that the first object of a PEM text says, or why it cannot be read. */
export function AllOfIt({ pem }: { pem: string }) {
  const query = useQuery({ queryKey: ['objects', pem], queryFn: () => inspect(pem) })
  return (
    <Answered query={query}>
      {({ objects: [first], failures }) =>
        first === undefined ? <Unread failures={failures} /> : <ObjectDetails details={first} />
      }
    </Answered>
  )
}

async function inspect(pem: string) {
  const source = { kind: 'bytes' as const, name: 'PEM', bytes: new TextEncoder().encode(pem) }
  const { file } = await call('files.inspect', { source, password: null, job: newJob() })
  return file
}
