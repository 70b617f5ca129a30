import { session } from 'electron'
import { forbidSpellChecker } from './security'

/**
 * What the system's settings or its PAC file say of an address, in the words of a PAC file. Asked of a session of its own,
 * which never loads a page: the window's has a proxy that leads nowhere.
 */
export async function systemProxy(url: string): Promise<string> {
  const asking = session.fromPartition('system-proxy')
  forbidSpellChecker(asking)
  await asking.setProxy({ mode: 'system' })
  return asking.resolveProxy(url)
}
