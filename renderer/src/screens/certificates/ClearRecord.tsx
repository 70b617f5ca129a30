import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Install } from '#shared/model/store'
import { useAction } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'

/** For an install of which nothing is left, or nothing can be reached: only Latchkey's own record of it goes. */
export function ClearRecord({ install, children }: { install: Install; children: ReactNode }) {
  const remove = useAction('installs.remove')
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {children}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          loading={remove.isPending}
          aria-label={`Clear the record of ${install.storeName}`}
          onClick={() => remove.mutate({ install: install.id })}
        >
          Clear record
        </Button>
      </Group>
      {remove.error !== null && <ErrorNotice error={remove.error} />}
    </>
  )
}
