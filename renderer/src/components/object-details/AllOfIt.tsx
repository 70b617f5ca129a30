import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../api'
import { newJob } from '../../progress'
import { ErrorNotice } from '../ErrorNotice'
import { ObjectDetails } from './ObjectDetails'
import { Unread } from './Unread'

/** Everything that the first object of a PEM text says, or why it cannot be read. */
export function AllOfIt({ pem }: { pem: string }) {
  const { data: file, error } = useQuery({ queryKey: ['objects', pem], queryFn: () => inspect(pem) })
  if (error !== null) return <ErrorNotice error={error} />
  if (file === undefined) return <Loader size="sm" aria-label="Loading" />
  const [first] = file.objects
  return first === undefined ? <Unread failures={file.failures} /> : <ObjectDetails details={first} />
}

async function inspect(pem: string) {
  const source = { kind: 'bytes' as const, name: 'PEM', bytes: new TextEncoder().encode(pem) }
  const { file } = await call('files.inspect', { source, password: null, job: newJob() })
  return file
}
