import { z } from 'zod'

/** The system of the browsers that a policy is for. */
export const PolicySystem = z.enum(['linux', 'windows', 'macos'])
export type PolicySystem = z.infer<typeof PolicySystem>

interface PolicyPlace {
  /** What people call the system. */
  system: string
  /** The name of its file. */
  file: string
  /** What an administrator does with it. */
  act: string
  /** Where each browser takes the list from. */
  browsers: readonly { name: string; place: string }[]
}

const macPlace = 'System Settings, General, Device Management'
const windowsPlace = (product: string) =>
  `HKEY_CURRENT_USER\\SOFTWARE\\Policies\\${product}\\AutoSelectCertificateForUrls`

/**
 * Where each file goes. A browser takes the list from one place, and does not join it with another one. All of these places
 * belong to an administrator: a person may read the keys of `Policies` in their own registry, and not write them.
 */
export const policyPlaces: Readonly<Record<PolicySystem, PolicyPlace>> = {
  linux: {
    system: 'Linux',
    file: 'latchkey.json',
    act: 'An administrator (root) saves it in the folder of each browser’s managed policies:',
    browsers: [
      { name: 'Chrome', place: '/etc/opt/chrome/policies/managed/' },
      { name: 'Chromium', place: '/etc/chromium/policies/managed/' },
      { name: 'Edge', place: '/etc/opt/edge/policies/managed/' },
    ],
  },
  windows: {
    system: 'Windows',
    file: 'latchkey-browser-policy.reg',
    act: 'Open it on the person’s account, with administrator rights. It adds these sites to that person’s list; other sites stay. In a domain, use Group Policy.',
    browsers: [
      { name: 'Chrome', place: windowsPlace('Google\\Chrome') },
      { name: 'Edge', place: windowsPlace('Microsoft\\Edge') },
    ],
  },
  macos: {
    system: 'macOS',
    file: 'latchkey-browser-policy.mobileconfig',
    act: 'Open it and confirm it as an administrator, or hand it out by device management.',
    browsers: [
      { name: 'Chrome', place: macPlace },
      { name: 'Edge', place: macPlace },
    ],
  },
}

/** Of every system. */
export const policyNotes = [
  'It replaces such a list from elsewhere. Restart the browser; chrome://policy or edge://policy shows it.',
  'The certificate has to be in the store that the browser reads.',
] as const
