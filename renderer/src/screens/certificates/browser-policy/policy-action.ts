import { IconBrowserCheck } from '@tabler/icons-react'
import type { IdentityDetail } from '#shared/model/identity'
import type { ThingAction } from '../../../components/shown-thing'

/** The Common Name by which browsers can be told to pick such certificates; null where they cannot, or nobody should. */
export const policyIssuer = ({ summary, certificate }: IdentityDetail): string | null =>
  summary.practice ? null : (certificate?.issuerCommonName ?? null)

export const policyAction = (run: () => void): ThingAction => ({
  id: 'browser-policy',
  label: 'Stop the browser asking…',
  words: 'policy autoselectcertificateforurls chrome chromium edge prompt choose pick which certificate',
  Icon: IconBrowserCheck,
  run,
})
