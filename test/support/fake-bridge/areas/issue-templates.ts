import type { AuthorityHandlers } from '#electron/main/ipc/authority-handlers'
import { TemplateId } from '#shared/model/ids'
import { IssueTemplate } from '#shared/model/issue-template'
import { uuid } from '../examples'
import { type Pretence, refuse } from '../pretence'

type Templates = Pick<
  AuthorityHandlers,
  'authorities.templates' | 'authorities.saveTemplate' | 'authorities.deleteTemplate'
>

const example = (name: string, days: number, names: object): IssueTemplate =>
  IssueTemplate.parse({ id: uuid(), name, authority: null, days, names })

/** Templates of a company with people and devices. */
export function pretendTemplates({ world, changed }: Pretence): Templates {
  let all =
    world.scene === 'full'
      ? [
          example('Devices', 730, { subject: { commonName: '{name} (device)', organizationalUnit: 'Devices' } }),
          example('Staff', 365, {
            subject: { organization: 'Acme Ltd', country: 'GB' },
            emails: ['{name}@acme.example'],
          }),
        ]
      : []
  return {
    'authorities.templates': async () => all,
    'authorities.saveTemplate': async (draft) => {
      const template = { ...draft, id: draft.id ?? TemplateId.parse(uuid()) }
      const others = all.filter(({ id }) => id !== template.id)
      if (others.some(({ name }) => name.toLowerCase() === draft.name.toLowerCase()))
        throw refuse('invalid-input', `Another template is called “${draft.name}”.`)
      all = [...others, template].sort((a, b) => a.name.localeCompare(b.name))
      changed('authorities')
      return template
    },
    'authorities.deleteTemplate': async ({ template }) => {
      all = all.filter(({ id }) => id !== template)
      changed('authorities')
      return true
    },
  }
}
