import { Stack, Text, Title } from '@mantine/core'
import type { IdentityDetail } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ClearRecord } from './ClearRecord'
import { InstallPlace } from './InstallPlace'

/** Every place of this computer where certificates are kept, with what is there now. */
export function InstallsCard({ detail }: { detail: IdentityDetail }) {
  const query = useAnswer('installs.stores', undefined)
  const stores = query.data
  // The stores are read whenever the card appears; what is found comes with the details, by an event.
  useAnswer('installs.refresh', { identity: detail.summary.id }, { refetchOnMount: 'always' })
  const known = new Set<string>(stores?.map(({ id }) => id))
  const orphans = detail.installs.filter(({ store }) => stores !== undefined && !known.has(store))
  return (
    <section className="card" aria-label="On this computer">
      <Title order={3} mb="sm">
        On this computer
      </Title>
      <Answered
        query={query}
        keepsData
        isEmpty={({ length }) => length === 0}
        empty={<Text c="dimmed">No certificate store was found on this computer.</Text>}
      >
        {(found) =>
          found.map((store) => (
            <InstallPlace
              key={store.id}
              store={store}
              install={detail.installs.find((install) => install.store === store.id) ?? null}
              summary={detail.summary}
            />
          ))
        }
      </Answered>
      <Stack gap={4}>
        {orphans.map((install) => (
          <ClearRecord key={install.id} install={install}>
            It was installed in {install.storeName}, which is not on this computer.
          </ClearRecord>
        ))}
      </Stack>
    </section>
  )
}
