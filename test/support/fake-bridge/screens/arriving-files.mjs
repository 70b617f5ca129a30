import { fill, inTurn, press, settings } from './ways.mjs'

/** The pretended back end answers by the names of files; only that they are requests shows in what they hold. */
async function drop(page, ...names) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const name of list) {
      const label = name.endsWith('.csr') ? 'CERTIFICATE REQUEST' : 'CERTIFICATE'
      data.items.add(new File([`-----BEGIN ${label}-----\n`], name))
    }
    return data
  }, names)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}
/** A set-up file: what it says is the pretended back end's. */
async function dropSetup(page, says) {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([`latchkey-setup 1 ${text}\n`], 'acme.latchkey'))
    return data
  }, says)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** Files that arrive: certificates, requests, set-up files, and what is in them. */
export const arrivingScreens = [
  { name: 'import-added', scene: 'full', steps: (page) => drop(page, 'client.pem') },
  { name: 'import-other-issuer', scene: 'full', steps: (page) => drop(page, 'impostor.pem') },
  { name: 'import-password', scene: 'full', steps: (page) => drop(page, 'ada.p12') },
  { name: 'import-several', scene: 'full', steps: (page) => drop(page, 'several.pem') },
  { name: 'import-other-key', scene: 'full', steps: (page) => drop(page, 'stranger.pem') },
  { name: 'import-issuers', scene: 'full', steps: (page) => drop(page, 'ca-chain.pem') },
  { name: 'import-broken', scene: 'full', steps: (page) => drop(page, 'broken.pem') },
  { name: 'import-requests', scene: 'full', steps: (page) => drop(page, 'ada.csr') },
  { name: 'setup-unverified', scene: 'full', steps: (page) => dropSetup(page, 'any') },
  {
    name: 'setup-request',
    scene: 'full',
    async steps(page) {
      await dropSetup(page, 'pinned')
      await page.getByText(/^Verified:/u).waitFor()
      await press(page, 'Continue')
      await page.getByLabel('Common Name').waitFor()
    },
  },
  { name: 'setup-newer', scene: 'full', steps: (page) => dropSetup(page, 'newer') },
  { name: 'setup-make', scene: 'full', steps: inTurn(settings, (page) => press(page, 'Make a set-up file…')) },
  {
    name: 'setup-made',
    scene: 'full',
    async steps(page) {
      await settings(page)
      await press(page, 'Make a set-up file…')
      await fill(page, 'From', 'Acme IT')
      await fill(page, 'Sites', 'https://wiki.acme.example/')
      await press(page, 'Sign and save…')
      await page.getByText('Saved as acme-it.latchkey.').waitFor()
    },
  },
  {
    name: 'inspect',
    scene: 'full',
    steps: async (page) => {
      await drop(page, 'broken.pem')
      await press(page, /^What is in/u)
    },
  },
  {
    name: 'inspect-many',
    scene: 'full',
    steps: async (page) => {
      await drop(page, 'broken.pem', 'ada.p12', 'bob.p12')
      await press(page, /^What is in/u)
    },
  },
  { name: 'drop-target', scene: 'full', steps: (page) => page.dispatchEvent('body', 'dragover') },
]
