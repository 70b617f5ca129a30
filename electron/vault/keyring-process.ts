import { createKeyring } from './keyring'
import { Question } from './keyring-protocol'
import type { KeyringAnswer } from './vault-ports'

/**
 * The process that talks to the keyring for the terminal. A call that waits for a prompt holds one of libuv's threads,
 * and a process whose thread is held cannot end by itself; this one is ended from outside.
 */
const keyring = createKeyring()

function answer(question: Question): Promise<KeyringAnswer<string | boolean | null>> {
  switch (question.verb) {
    case 'get':
      return keyring.get(question.account)
    case 'set':
      return keyring.set(question.account, question.value)
    case 'delete':
      return keyring.delete(question.account)
  }
}

process.on('message', async (message) => {
  const question = Question.parse(message)
  process.send?.({ id: question.id, answer: await answer(question) })
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
