import { Menu } from '@mantine/core'
import type { IconTrash } from '@tabler/icons-react'
import { useEffect, useEffectEvent } from 'react'
import { createStore } from '../store'

/** What can be done with the certificate, site or issuer on the screen. */
export interface ThingAction {
  id: string
  label: string
  /** What else people call it: the palette finds it by these as well. */
  words: string
  Icon: typeof IconTrash
  isDangerous?: boolean
  run(): void
}

interface ShownThing {
  /** The certificate's, site's or issuer's own. */
  id: string
  name: string
  actions: readonly ThingAction[]
}

/** The one thing that the screen is about, for the palette and the application's menu. */
export const shownThing = createStore<ShownThing | null>(null)

/** Offers these actions outside the screen for as long as it is shown. */
export function useShownThing(thing: { id: string; name: string }, actions: readonly ThingAction[]): void {
  const { id, name } = thing
  const run = useEffectEvent((wanted: string) => actions.find((action) => action.id === wanted)?.run())
  const offered = actions.map((action) => action.id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: which actions there are decides, not their functions
  useEffect(() => {
    const shown = { id, name, actions: actions.map((action) => ({ ...action, run: () => run(action.id) })) }
    shownThing.set(shown)
    return () => {
      if (shownThing.get() === shown) shownThing.set(null)
    }
  }, [id, name, offered])
}

/** The same actions behind the screen’s own button. */
export function ThingMenuItems({ actions }: { actions: readonly ThingAction[] }) {
  return actions.map(({ id, label, Icon, isDangerous, run }) => (
    <Menu.Item
      key={id}
      leftSection={<Icon size={16} aria-hidden />}
      {...(isDangerous === true ? { c: 'var(--mantine-color-error)' } : {})}
      onClick={run}
    >
      {label}
    </Menu.Item>
  ))
}
