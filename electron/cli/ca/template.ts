import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { templateLine, templatesFor } from '#shared/logic/issue-template'
import { NAME_PLACE } from '#shared/logic/name-rules'
import { type AuthoritySummary, defaultDays } from '#shared/model/authority'
import { type IssueTemplate, IssueTemplateDraft } from '#shared/model/issue-template'
import { collect, examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { parsed, type SubjectOptions, subjectOf, withSubject } from '../subject'
import { findAuthority } from './find'
import { daysOf, withDays } from './options'

interface Options extends CommonOptions, SubjectOptions {
  issuer?: string
  days: string
  cn: string
  email: string[]
  dns: string[]
  delete?: boolean
}

const patterns = `
“{name}” stands for the Common Name that a list or --cn gives: as it is in --cn, and as a part of an address in --email
and --dns (“Ada Lovelace” is ada.lovelace and ada-lovelace).`

export function addTemplate(ca: Command, runner: Runner): void {
  withDays(withSubject(withJson(ca.command('template'))), defaultDays.client)
    .summary('save, replace or delete a template for “ca issue”')
    .argument('<name>', 'its name; a template of this name is replaced')
    .option('--issuer <name>', 'only for this issuer: name, key code or ID (default: every issuer)')
    .option('--cn <pattern>', 'the Common Name, with “{name}” in it', NAME_PLACE)
    .option('--email <pattern>', 'e-mail address as an alternative name (repeatable)', collect, [])
    .option('--dns <pattern>', 'DNS name as an alternative name (repeatable)', collect, [])
    .option('--delete', 'delete it instead')
    .addHelpText(
      'after',
      patterns +
        examples(
          'latchkey ca template Staff --days 90 --organization Acme --email "{name}@acme.example"',
          'latchkey ca template Staff --delete',
        ),
    )
    .action((name: string, options: Options) =>
      runner.run('ca template', options, 'records', async (services) => {
        const { templates } = services.authorities
        const present = (await templates.list()).find((template) => isNamed(template, name)) ?? null
        if (options.delete === true) {
          if (present === null) throw new AppError('not-found', await missing(services, name))
          await templates.remove(present.id)
          return { exitCode: 0, json: { deleted: present }, text: `“${present.name}” is deleted.` }
        }
        const issuer = options.issuer === undefined ? null : await findAuthority(services, options.issuer)
        const draft = { id: present?.id ?? null, name, authority: issuer?.id ?? null, days: daysOf(options) }
        const names = { subject: subjectOf(options.cn, options), emails: options.email, dnsNames: options.dns }
        const template = await templates.save(parsed(IssueTemplateDraft, { ...draft, names }))
        return { exitCode: 0, json: { template }, text: `Saved: ${template.name}: ${templateLine(template)}` }
      }),
    )
}

export function addTemplates(ca: Command, runner: Runner): void {
  withJson(ca.command('templates'))
    .summary('list the templates for “ca issue”')
    .addHelpText('after', examples('latchkey ca templates'))
    .action((options: CommonOptions) =>
      runner.run('ca templates', options, 'records', async ({ authorities }) => {
        const templates = await authorities.templates.list()
        const issuers = new Map((await authorities.list()).map(({ id, name }) => [id, name]))
        const lines = templates.map((template) => {
          const issuer = template.authority === null ? undefined : issuers.get(template.authority)
          return `${template.name}: ${templateLine(template)}${issuer === undefined ? '' : ` · only for ${issuer}`}`
        })
        const text = lines.join('\n') || 'No templates yet. Save one with: latchkey ca template'
        return { exitCode: 0, json: { templates }, text }
      }),
    )
}

/** The template of --template; null without one. Errors: `not-found`, which names those that there are. */
export async function findTemplate(
  services: Services,
  issuer: AuthoritySummary,
  name: string | undefined,
): Promise<IssueTemplate | null> {
  if (name === undefined) return null
  const all = await services.authorities.templates.list()
  const found = all.find((template) => isNamed(template, name))
  if (found === undefined) throw new AppError('not-found', await missing(services, name))
  if (templatesFor([found], issuer.id).length === 0)
    throw new AppError('invalid-input', `The template “${found.name}” is for another issuer than “${issuer.name}”.`)
  return found
}

const isNamed = (template: IssueTemplate, name: string): boolean =>
  template.name.toLowerCase() === name.trim().toLowerCase()

async function missing({ authorities }: Services, name: string): Promise<string> {
  const names = (await authorities.templates.list()).map((template) => `“${template.name}”`)
  const there = names.length === 0 ? 'There are no templates yet.' : `Templates: ${names.join(', ')}.`
  return `No template is called “${name}”. ${there}`
}
