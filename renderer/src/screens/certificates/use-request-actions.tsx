import { IconCopy, IconDownload, IconMail } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { IdentityDetail } from '#shared/model/identity'
import { call, useAction, useTask } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SaveResult } from '../../components/SaveResult'
import type { ThingAction } from '../../components/shown-thing'

/** What the buttons beside a request that waits do, for the menu of its row and the palette, and what became of it. */
export function useRequestActions({ summary: { id, sha256, keyInVault } }: IdentityDetail): {
  actions: ThingAction[]
  result: ReactNode
} {
  const mail = useAction('identities.mailRequest')
  const save = useAction('identities.saveRequest')
  const copy = useTask(async () => {
    const { subject, body } = await call('identities.message', { identity: id })
    await call('app.copy', { text: `${subject}\n\n${body}` })
  })
  const actions: ThingAction[] = [
    {
      id: 'copy-message',
      label: 'Copy the message with the request',
      words: 'csr pem send clipboard administrator',
      Icon: IconCopy,
      run: () => copy.mutate(),
    },
    {
      id: 'mail-request',
      label: 'E-mail the request',
      words: 'csr send email message administrator',
      Icon: IconMail,
      run: () => mail.mutate({ identity: id }),
    },
    {
      id: 'save-request',
      label: 'Save the request',
      words: 'csr pem file download',
      Icon: IconDownload,
      run: () => save.mutate({ identity: id }),
    },
  ]
  const error = mail.error ?? copy.error
  return {
    actions: sha256 === null && keyInVault ? actions : [],
    result: (
      <>
        <SaveResult save={save} />
        {error !== null && <ErrorNotice error={error} />}
      </>
    ),
  }
}
