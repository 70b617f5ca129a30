import type { Command } from 'commander'
import type { Reading } from '#electron/services/cloudflare/ports'
import { decisionWords, namesOf, rulesWords } from '#shared/logic/access/rule-words'
import { formatIsoDate } from '#shared/logic/formatting'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { addCaChanges } from './change-cas'
import { addHostChanges } from './change-hosts'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

type Noun = 'ca' | 'host' | 'app' | 'policy' | 'group'

interface List {
  /** The command is `cloudflare <noun> list`. */
  noun: Noun
  plural: string
  /** The objects of `--json`, and a line for each. */
  rows(reading: Reading): { json: unknown[] | null; lines: string[] }
}

const lists: List[] = [
  {
    noun: 'ca',
    plural: 'cas',
    rows: ({ account }) => ({
      json: account.cas,
      lines: account.cas.map(({ id, name, expiresOn, hostnames }) => {
        const until = expiresOn === null ? 'expiry unknown' : `until ${formatIsoDate(expiresOn)}`
        return `${id}  “${name}”, ${until}: ${hostnames.join(', ') || 'no hostnames'}`
      }),
    }),
  },
  {
    noun: 'host',
    plural: 'hosts',
    rows: ({ account }) => {
      const hostnames = new Set([
        ...account.cas.flatMap((ca) => ca.hostnames),
        ...account.settings.map((one) => one.hostname),
      ])
      const json = [...hostnames].sort().map((hostname) => ({
        hostname,
        cas: account.cas.filter((ca) => ca.hostnames.includes(hostname)).map(({ id, name }) => ({ id, name })),
        setting: account.settings.find((one) => one.hostname === hostname) ?? null,
      }))
      return {
        json,
        lines: json.map(({ hostname, cas, setting }) => {
          const names = cas.map(({ name }) => `“${name}”`).join(', ') || 'no CA'
          return `${hostname}: ${names}${setting?.forwarding === true ? ', certificate forwarded' : ''}`
        }),
      }
    },
  },
  {
    noun: 'app',
    plural: 'apps',
    rows: ({ account }) => ({
      json: account.applications.map(({ fetched: _fetched, ...shown }) => shown),
      lines: account.applications.map(({ id, name, type, destinations, policies }) => {
        const places = destinations.map((one) => (one.kind === 'public' ? one.uri : one.type)).join(', ')
        return `${id}  “${name}” (${type}), ${places || 'no address'}: ${policies.length} policies`
      }),
    }),
  },
  {
    noun: 'policy',
    plural: 'policies',
    rows: ({ account }) => {
      const names = namesOf(account)
      const json = account.policies.map(({ fetched: _fetched, ...shown }) => ({
        ...shown,
        words: `${decisionWords[shown.decision]}: ${rulesWords(shown.rules, names)}`,
      }))
      return {
        json,
        lines: json.map(({ id, name, application, words }) => {
          const only = account.applications.find((one) => one.id === application)?.name ?? application
          const own = application === null ? '' : `, only in “${only}”`
          return `${id}  “${name}”${own}: ${words}`
        }),
      }
    },
  },
  {
    noun: 'group',
    plural: 'groups',
    rows: ({ account }) => {
      const names = namesOf(account)
      const json = account.groups?.map(({ fetched: _fetched, ...shown }) => shown) ?? null
      return { json, lines: json?.map(({ id, name, rules }) => `${id}  “${name}”: ${rulesWords(rules, names)}`) ?? [] }
    },
  },
]

/** `cloudflare ca list`, `host list`, `app list`, `policy list`, `group list`, and what changes CAs and hostnames. */
export function addLists(cloudflare: Command, runner: Runner): void {
  for (const list of lists) {
    const parent = cloudflare.command(list.noun).summary(summaries[list.noun])
    withSource(parent.command('list'))
      .summary(`list the ${list.plural} of Access in the account`)
      .addHelpText(
        'after',
        examples(`latchkey cloudflare ${list.noun} list`, `latchkey cloudflare ${list.noun} list --json`),
      )
      .action((options: SourceOptions) =>
        runner.run(`cloudflare ${list.noun} list`, options, needsOf(options), async ({ cloudflare }, { say }) =>
          listOutcome(list, await cloudflare.read(await sourceOf(options, say), { eachZone: false })),
        ),
      )
    if (list.noun === 'ca') addCaChanges(parent, runner)
    if (list.noun === 'host') addHostChanges(parent, runner)
  }
}

const summaries: Record<Noun, string> = {
  ca: 'list, upload and delete the CAs of Access',
  host: 'list the hostnames of Access, and change which CAs they accept',
  app: 'list the apps of Access',
  policy: 'list the policies of Access',
  group: 'list the groups of Access',
}

function listOutcome({ plural, rows }: List, reading: Reading): Outcome {
  const { json, lines } = rows(reading)
  const { account, unread } = reading
  return {
    exitCode: 0,
    json: { account: { id: account.id, name: account.name }, readAt: account.readAt, [plural]: json, unread },
    text: lines.join('\n') || (json === null ? 'Not read.' : 'No results.'),
    notes: unreadNotes(unread),
  }
}
