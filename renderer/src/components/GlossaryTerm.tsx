import { Tooltip } from '@mantine/core'
import styles from './GlossaryTerm.module.css'

const glossary = {
  'Common Name': 'The name in the certificate. Rules at Cloudflare Access can let exactly this name in.',
  'Key code':
    'A short code of your public key. If you and your administrator read the same code, nobody swapped the request on its way.',
  'Serial number': 'The number that the issuer gave this certificate.',
  'SHA-256': 'A fingerprint: certificates with the same fingerprint are the same certificate.',
  'SHA-1': 'An older fingerprint that some systems still show.',
  Signature: 'How the issuer signed it. Cloudflare Access accepts RSA and ECDSA signatures.',
  'Allowed uses': 'What the issuer allows. Signing in needs “Client authentication”, or no restriction at all.',
  'Other names': 'Subject alternative names: e-mail addresses or host names beside the Common Name.',
  'Connect to':
    'Reach the site at another address, as curl’s --connect-to does. The request still names the site itself.',
  Intermediate: 'A certificate between yours and the root: the root vouches for it, and it vouches for you.',
  'As the browser': 'Uses a browser engine and the certificates installed on this computer, as your browser does.',
  Direct: 'Latchkey makes the connection with the key it keeps. This needs no installation and shows the most detail.',
  'MTLS Status': 'What Cloudflare says about the certificate it was shown.',
  'Revocation list (CRL)':
    'A list, signed by the issuer, of certificates that it has revoked before they expired. Access does not check it.',
  Audience: 'The ID of the Access application that this answer belongs to.',
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
