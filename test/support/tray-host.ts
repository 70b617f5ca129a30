import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Said = z.union([z.strictObject({ ok: z.unknown() }), z.strictObject({ error: z.string() })])

/** What a panel of a desktop does with the icons of programs; `tray-host.py` is the one on the session's bus. */
export interface TrayHost {
  /** The tool tip of each icon. */
  items(): Promise<string[]>
  /** The labels of the icon's menu. */
  menu(): Promise<string[]>
  click(label: string): Promise<void>
  /** Nobody shows icons any more. */
  leave(): Promise<void>
  end(): void
}

/** Debian's own Python, which has the bindings for the bus. */
export async function startTrayHost(): Promise<TrayHost> {
  const script = join(process.cwd(), 'test', 'support', 'tray-host.py')
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function answer(): Promise<unknown> {
    const { value } = await lines.next()
    const said = Said.parse(JSON.parse(String(value)))
    if ('error' in said) throw new Error(said.error)
    return said.ok
  }
  const ask = (command: string) => {
    child.stdin.write(`${command}\n`)
    return answer()
  }
  await answer()
  const Texts = z.array(z.string())
  return {
    items: async () => Texts.parse(await ask('items')),
    menu: async () => Texts.parse(await ask('menu')),
    click: async (label) => void (await ask(`click ${label}`)),
    leave: async () => void (await ask('leave')),
    end: () => child.kill(),
  }
}
