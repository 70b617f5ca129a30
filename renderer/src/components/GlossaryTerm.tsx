import { Tooltip } from '@mantine/core'
import styles from './GlossaryTerm.module.css'

const glossary = {
  'Common Name': 'The name in the certificate. Rules at Cloudflare Access can let exactly this name in.',
  'Key code':
    'A short code of your public key. If you and your administrator read the same code, the request was not exchanged on its way.',
  Serial: 'The number the issuer gave this certificate.',
  'SHA-256': 'A fingerprint: two certificates with the same one are the same certificate.',
  'SHA-1': 'An older fingerprint that some systems still show.',
  Signature: 'How the issuer signed it. Cloudflare Access accepts RSA and ECDSA signatures.',
  'Allowed uses': 'What the issuer allows. Signing in needs “client authentication”, or no limit at all.',
  'Other names': 'Subject alternative names: e-mail addresses or host names beside the Common Name.',
  'Connect to':
    'Reach the site at another address, as curl’s --connect-to does. The site’s own name is still the one that is asked for.',
  Intermediate: 'A certificate between yours and the root: the root vouches for it, and it vouches for you.',
  'As the browser':
    'Uses a real browser engine and the certificates installed on this computer, so it proves that your browser gets in.',
  Direct: 'Latchkey connects by itself with the key it keeps. It needs no installation and shows the most detail.',
  'MTLS Status': 'What Cloudflare says it thinks of the certificate it was shown.',
  'Revocation list (CRL)':
    'A list that the issuer signs, of the certificates it has taken back before their end. Access does not look at it.',
  Audience: 'The number of the Access application that this answer belongs to.',
} as const

type Term = keyof typeof glossary

/** A term with its explanation as a tooltip, reachable by pointer and by keyboard. */
export function GlossaryTerm({ term }: { term: Term }) {
  return (
    <Tooltip label={glossary[term]}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
      <span className={styles.term} tabIndex={0}>
        {term}
      </span>
    </Tooltip>
  )
}
