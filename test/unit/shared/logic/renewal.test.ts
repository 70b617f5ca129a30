import { describe, expect, it } from 'vitest'
import { keyTypeLike } from '#shared/logic/key-type'
import { renewalStage } from '#shared/logic/renewal'
import { renewalProgressWords, renewalSteps, renewalTitle } from '#shared/logic/renewal-words'
import { HostId, StoreId } from '#shared/model/ids'
import type { RenewalPlace, RenewalProgress, RenewalSite } from '#shared/model/renewal'

const place = (hasNew: boolean): RenewalPlace => ({ store: StoreId.parse('nss-user'), name: 'Chrome', hasNew })
const site = (worksWithOld: boolean, worksWithNew: boolean | null): RenewalSite => ({
  host: HostId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a12'),
  address: 'https://a.example/',
  worksWithOld,
  worksWithNew,
})
const at = (places: RenewalPlace[], sites: RenewalSite[]): RenewalProgress => ({ places, sites })

describe('where a renewal stands', () => {
  it.each([
    ['install', at([place(true), place(false)], [site(true, true)])],
    ['test', at([place(true)], [site(true, null), site(true, false)])],
    ['refused', at([], [site(true, true), site(true, false)])],
    ['works', at([place(true)], [site(true, true)])],
    ['works', at([], [site(true, true), site(false, false)])],
    ['nothing-tested', at([place(true)], [])],
    ['nothing-tested', at([], [site(false, false)])],
  ] as const)('%s', (stage, progress) => expect(renewalStage(progress)).toBe(stage))

  it('is said in numbers', () => {
    const progress = at([place(true), place(false)], [site(true, null), site(true, null), site(true, true)])
    expect(renewalProgressWords(progress)).toBe('Installed in 1 of 2 places. Works on 1 of 3 sites.')
    expect(renewalTitle(progress, 'Ada')).toBe('Put it in the place of “Ada”')
    expect(renewalTitle(at([], [site(true, false)]), 'Ada')).toBe('1 site lets the old certificate in and not this one')
  })
})

describe('what Renew does', () => {
  it('is said before it is pressed', () => {
    expect(renewalSteps({ key: 'new', places: 2, sites: 3 })).toEqual([
      'Makes a new key under the same name.',
      'Gives you the request to send to your administrator.',
      'Installs it in the same 2 places.',
      'Tests the same 3 sites.',
      'Offers to remove the old one.',
    ])
  })

  it('promises no place and no site that there is none of', () => {
    expect(renewalSteps({ key: 'same', places: 0, sites: 0 }).join(' ')).not.toMatch(/same place|same site|new key/u)
    expect(renewalSteps({ key: 'new', places: 1, sites: 1 })).toContain('Installs it in the same place.')
  })
})

describe('the type of the new key', () => {
  it.each([
    ['RSA 1024', 'rsa-2048'],
    ['RSA 2048', 'rsa-2048'],
    ['RSA-PSS 2048', 'rsa-2048'],
    ['RSA 2560', 'rsa-3072'],
    ['RSA 4096', 'rsa-4096'],
    ['RSA 8192', 'rsa-4096'],
    ['EC P-256', 'p-256'],
    ['EC P-384', 'p-384'],
    ['EC P-521', 'p-521'],
    ['Ed25519', 'p-256'],
  ] as const)('in the place of %s is %s', (old, type) => expect(keyTypeLike(old)).toBe(type))
})
