/**
 * Which headers and parameters carry what could let their reader in. A list of names is never complete, so most are known
 * by how they end: `X-Auth-Token`, `apiKey`, `id_token`, `X-Amz-Signature`.
 */

const secretWords = new Set(
  (
    'token tokens secret secrets password passwd pwd passphrase credential credentials key signature sig hmac jwt jws jwe ' +
    'assertion ticket otp session sid auth authorization cookie csrf xsrf nonce'
  ).split(' '),
)
/** Written together, where no capital and no sign tells the words apart. */
const secretEnding =
  /(?:token|secret|password|passwd|passphrase|apikey|accesskey|secretkey|signature|sessionid|jwt|samlresponse|samlrequest|relaystate)s?$/u
/** Secret only as the whole name: an error code or the state of a country is none. */
const secretAlone = new Set(['code', 'state', 'meta', 'kid', 'authcode', 'authorizationcode', 'oauthstate'])
/** End like secrets and are none. */
const harmless = new Set([
  'seckey',
  'secwebsocketkey',
  'surrogatekey',
  'xsurrogatekey',
  'cachekey',
  'xcachekey',
  'sortkey',
])

/** Whether a parameter, a field of JSON or a header of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => /[a-z]/u.test(word))
  const joined = words.join('')
  if (harmless.has(joined)) return false
  return secretAlone.has(joined) || secretEnding.test(joined) || secretWords.has(words.at(-1) ?? '')
}

const secretHeaders = new Set(['authentication-info', 'proxy-authentication-info', 'set-cookie2', 'cookie2'])
/** Of Access' own: which application and which site, needed to find the cause of a refusal. Tokens in them are hidden as text. */
const readableAccessHeaders = new Set(['cf-access-aud', 'cf-access-domain', 'cf-access-metadata'])

/** Whether the whole value of such a header is hidden. Parameters of other headers are looked at one by one. */
export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase()
  if (lower.startsWith('cf-access-')) return !readableAccessHeaders.has(lower)
  return secretHeaders.has(lower) || isSecretName(lower)
}
