import { AppError } from '#shared/errors'
import { TemplateId } from '#shared/model/ids'
import type { IssueTemplate, IssueTemplateDraft } from '#shared/model/issue-template'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'

/** Fills in what certificates have in common. Whatever is signed is shown first, so a template alone decides on no name. */
export function createTemplates(
  { database, random, changed }: Pick<AuthorityPorts, 'database' | 'random' | 'changed'>,
  keys: Pick<AuthorityKeys, 'get'>,
) {
  const list = (): Promise<IssueTemplate[]> => database.issueTemplates.list()

  /** Errors: `not-found` for an issuer that is not here, `invalid-input` for a name that another template has. */
  async function save(draft: IssueTemplateDraft): Promise<IssueTemplate> {
    if (draft.authority !== null) await keys.get(draft.authority)
    const template = { ...draft, id: draft.id ?? TemplateId.parse(random.uuid()) }
    if (!(await database.issueTemplates.save(template)))
      throw new AppError('invalid-input', `Another template is called “${draft.name}”.`)
    changed('authorities')
    return template
  }

  async function remove(id: TemplateId): Promise<void> {
    await database.issueTemplates.delete(id)
    changed('authorities')
  }

  return { list, save, remove }
}
