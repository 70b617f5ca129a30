import type { UpdateChannel, Updates } from '../model/updates'

/** Who updates this copy, in a few words for About. */
export const updateChannelNames: Readonly<Record<UpdateChannel, string>> = {
  feed: 'by Latchkey itself',
  none: 'none in this build',
  policy: 'off because of the policy of this computer',
  deb: 'by the package manager (deb)',
  rpm: 'by the package manager (rpm)',
  msi: 'by whoever installed the MSI package',
  sources: 'by hand (source code)',
  folder: 'by hand (unpacked folder)',
  'read-only': 'by whoever owns the AppImage',
}

/** What a person has to know where Latchkey does not update itself; null where it does. */
export const noUpdateReasons: Readonly<Record<UpdateChannel, string | null>> = {
  feed: null,
  none: 'This build does not look for updates. Get newer releases where you got this one.',
  policy: 'Updates are off because of the policy of this computer.',
  deb: 'This was installed from a .deb package. Update it with your package manager.',
  rpm: 'This was installed from an .rpm package. Update it with your package manager.',
  msi: 'This was installed from an MSI package, which never updates itself. Whoever installed it updates it.',
  sources: 'This runs from its source code. Get newer code to update it.',
  folder: 'This runs from a folder that was unpacked or copied. Replace the folder to update it.',
  'read-only': 'You do not have permission to replace this AppImage. Whoever put it there updates it.',
}

/** For whoever starts the version that a release was to replace. */
export const notInstalledWords = (version: string): { title: string; message: string } => ({
  title: `Latchkey ${version} was not installed.`,
  message:
    'It was downloaded and ready when Latchkey last ran, and this is still the earlier version. Latchkey tries again when you quit. If this happens again, the log may say why.',
})

/** What the last look at the feed came to. `checked`: when, in words; null where it has not been looked at. */
export function updateStepWords({ step, offered }: Updates, checked: string | null): string {
  const release = offered === null ? 'a newer release' : `Latchkey ${offered.version}`
  switch (step) {
    case 'checking':
      return 'Checking…'
    case 'downloading':
      return `Downloading ${release}…`
    case 'ready':
      return `${offered === null ? 'A newer release' : release} is ready. It is installed when you quit.`
    case 'nothing-newer':
      return ['No newer release was found.', lastChecked(checked)].join(' ')
    case 'idle':
      return offered === null ? lastChecked(checked) : `${release} is available.`
  }
}

const lastChecked = (checked: string | null): string =>
  checked === null ? 'Not checked yet.' : `Last checked: ${checked}.`
