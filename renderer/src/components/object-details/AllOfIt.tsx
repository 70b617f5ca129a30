import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../api'
import { ErrorNotice } from '../ErrorNotice'
import { ObjectDetails } from './ObjectDetails'

/** Everything that the first object of a PEM text says. */
export function AllOfIt({ pem }: { pem: string }) {
  const { data, error } = useQuery({ queryKey: ['objects', pem], queryFn: () => inspect(pem) })
  if (error !== null) return <ErrorNotice error={error} />
  if (data === undefined) return <Loader size="sm" aria-label="Loading" />
  const [first] = data
  return first === undefined ? null : <ObjectDetails details={first} />
}

async function inspect(pem: string) {
  const bytes = new TextEncoder().encode(pem)
  const files = await call('files.inspect', { sources: [{ kind: 'bytes', name: 'PEM', bytes }], password: null })
  return files.flatMap(({ objects }) => objects)
}
