import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../../api'
import { OpenModal } from '../../components/OpenModal'
import { ChoosePassphrase } from '../../vault/ChoosePassphrase'

type Task = 'set' | 'change'
const verbs: Record<Task, string> = { set: 'Set a recovery passphrase', change: 'Change the passphrase' }

/** For the day the keyring is reset: a second way to the same master key. */
export function RecoveryPassphrase({ vault }: { vault: VaultState }) {
  // What was asked for when it was opened: once the passphrase is set, the form that set it must not ask for it.
  const [task, setTask] = useState<Task | null>(null)
  const [isOpen, setOpen] = useState(false)
  const onlyPassphrase = vault.keyring === 'unavailable'
  const next: Task = vault.hasPassphrase ? 'change' : 'set'
  const shown = task ?? next
  const open = () => {
    setTask(next)
    setOpen(true)
  }
  return (
    <>
      <Text size="sm">
        {onlyPassphrase
          ? 'It is asked for once each time Latchkey starts.'
          : 'If your keyring is ever reset, this passphrase opens your keys. Without one they would be lost.'}
      </Text>
      <Group>
        <Button variant={vault.hasPassphrase ? 'default' : 'light'} onClick={open}>
          {verbs[next]}
        </Button>
      </Group>
      {isOpen && (
        <OpenModal onClose={() => setOpen(false)} title={verbs[shown]}>
          <PassphraseForm
            hasPassphrase={shown === 'change'}
            action={verbs[shown]}
            onSet={() => setOpen(false)}
            onCancel={() => setOpen(false)}
          />
        </OpenModal>
      )}
    </>
  )
}

interface FormProps {
  hasPassphrase: boolean
  action: string
  onSet(): void
  onCancel(): void
}

/** Whoever finds the window open must not be able to lock its owner out: the one that is set now is asked for. */
function PassphraseForm({ hasPassphrase, action, onSet, onCancel }: FormProps) {
  const [current, setCurrent] = useState('')
  const set = useAction('vault.setPassphrase')
  const field = (
    <PasswordInput
      label="Current passphrase"
      value={current}
      maxLength={1024}
      autoComplete="current-password"
      data-autofocus
      onChange={(event) => setCurrent(event.currentTarget.value)}
    />
  )

  function choose(passphrase: string): void {
    const onSuccess = () => {
      onSet()
      const title = hasPassphrase ? 'The passphrase is changed.' : 'The passphrase is set.'
      notifications.show({ color: 'teal', title, message: 'Keep it in a safe place.' })
    }
    set.mutate({ current: hasPassphrase ? current : null, passphrase }, { onSuccess })
  }

  return (
    <ChoosePassphrase
      action={action}
      label={hasPassphrase ? 'New passphrase' : 'Passphrase'}
      {...(hasPassphrase ? { before: { field, isReady: current !== '' } } : {})}
      busy={set.isPending}
      error={set.error}
      onChosen={choose}
      onCancel={onCancel}
    />
  )
}
