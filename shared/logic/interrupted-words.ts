import type { Interrupted, InterruptedKind, InterruptedReason } from '../model/interrupted'
import { countOf } from './formatting'

type Entry = Pick<Interrupted, 'kind' | 'subject' | 'place'>

const waitingReasons: ReadonlySet<InterruptedReason> = new Set([
  'vault-locked',
  'vault-unreadable',
  'retried',
  'newer-version',
])
export const isWaiting = ({ reason }: { reason: InterruptedReason }): boolean => waitingReasons.has(reason)

const kinds: Record<InterruptedKind, string> = {
  request: 'Making a key and its request',
  import: 'Adding a certificate',
  delete: 'Deleting a certificate',
  install: 'Installing a certificate',
  remove: 'Uninstalling a certificate',
  'remove-earlier': 'Removing an earlier certificate',
  authority: 'Creating an issuer',
  'authority-import': 'Adding an issuer',
  'authority-delete': 'Deleting an issuer',
  signer: 'Connecting a cfssl signer',
  restore: 'Restoring a backup',
  unknown: 'Unknown change',
}

/** “Installing a certificate: “Ada Lovelace”, Firefox (default)” */
export function interruptedTitle({ kind, subject, place }: Entry): string {
  const named = [...(subject === null ? [] : [`“${subject}”`]), ...(place === null ? [] : [place])]
  return named.length === 0 ? kinds[kind] : `${kinds[kind]}: ${named.join(', ')}`
}

/** Why it is not run, or what it waits for. */
export const interruptedReasons: Record<InterruptedReason, string> = {
  unsigned:
    'This entry is not signed. Version 0.1.0, a Latchkey that could not open your keys, or another program wrote it.',
  elsewhere: 'It was begun on another computer or by another account.',
  'other-vault':
    'It was not signed with your present master key. The keys were replaced, or another program wrote or changed the entry.',
  'no-machine-id': 'This computer has no machine ID, so the signature of the entry cannot be checked.',
  'no-permissions':
    'Latchkey’s folder is on a file system without permissions, where anybody may have written the entry.',
  'vault-locked': 'It waits until your keys are unlocked.',
  'vault-unreadable': 'It waits until your keys can be opened again.',
  retried: 'It could not be finished yet. Latchkey tries again at its next start.',
  'newer-version': 'A newer version began it. It waits until Latchkey is updated.',
}

/** No more than what the interrupted steps may have done. */
export function leftBehind({ kind, place }: Entry): string {
  const where = place ?? 'the certificate store'
  switch (kind) {
    case 'request':
      return 'A private key without a request may be left among your sealed keys.'
    case 'import':
      return 'A private key without its certificate may be left among your sealed keys.'
    case 'delete':
      return 'The certificate may still be listed, or its private key may be left among your sealed keys.'
    case 'install':
      return `The certificate, its private key, its issuers or trust in them may be left in ${where}.`
    case 'remove':
      return `The certificate, its private key, its issuers or trust in them may still be in ${where}.`
    case 'remove-earlier':
      return `The earlier certificate may still be in ${where}.`
    case 'authority':
    case 'authority-import':
      return 'The private key of an issuer that is not listed may be left among your sealed keys.'
    case 'authority-delete':
      return 'The issuer may still be listed, or its private key may be left among your sealed keys.'
    case 'signer':
      return 'The authentication key of a signer that is not listed may be left among your sealed keys.'
    case 'restore':
      return 'Private keys of certificates or issuers that are not listed may be left among your sealed keys.'
    case 'unknown':
      return 'What it changed is not known.'
  }
}

export function discardedSentence(entry: Interrupted): string {
  return `An interrupted change was discarded (${kinds[entry.kind].toLowerCase()}). Nothing was undone.`
}

/** For a heading. */
export function interruptedCount(notRun: number, waiting: number): string {
  const count = countOf(notRun > 0 ? notRun : waiting, 'interrupted change')
  if (notRun > 0) return `${count} ${notRun === 1 ? 'was' : 'were'} not finished.`
  return `${count} ${waiting === 1 ? 'waits' : 'wait'} to be recovered.`
}

export const interruptedState = (entry: Interrupted): string => (isWaiting(entry) ? 'Waiting' : 'Not run')
