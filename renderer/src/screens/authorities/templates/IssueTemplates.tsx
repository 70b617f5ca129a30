import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { isolated, quoted } from '#shared/logic/isolate'
import { templateLine, templatesFor } from '#shared/logic/issue-template'
import type { AuthoritySummary } from '#shared/model/authority'
import { call, useAction, useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import textStyles from '../../../components/text.module.css'
import { offerUndo } from '../../../components/undo-notice'
import type { Template } from './TemplateChoice'
import { TemplateEditor } from './TemplateEditor'
import styles from './templates.module.css'

interface TemplatesProps {
  issuer: AuthoritySummary
  onClose(): void
}

/** The templates that can be used with this issuer, to look at and to change. */
export function IssueTemplates({ issuer, onClose }: TemplatesProps) {
  const query = useAnswer('authorities.templates', undefined)
  const [edited, setEdited] = useState<Template | 'new' | null>(null)
  const about = edited === null ? 'list' : edited === 'new' ? 'new' : edited.id
  return (
    <OpenModal onClose={onClose} title="Templates for issuing" about={about}>
      {edited === null ? (
        <Answered query={query}>
          {(all) => <TemplateList templates={templatesFor(all, issuer.id)} onEdit={setEdited} onClose={onClose} />}
        </Answered>
      ) : (
        <TemplateEditor issuer={issuer} template={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
      )}
    </OpenModal>
  )
}

interface ListProps {
  templates: Template[]
  onEdit(template: Template | 'new'): void
  onClose(): void
}

function TemplateList({ templates, onEdit, onClose }: ListProps) {
  const remove = useAction('authorities.deleteTemplate')
  const drop = (template: Template) =>
    remove.mutate(
      { template: template.id },
      {
        onSuccess: () =>
          offerUndo(`${quoted(template.name)} is deleted.`, () => call('authorities.saveTemplate', template)),
      },
    )
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        A template fills in the lifetime and the names when you issue certificates. You still see each name before you
        sign.
      </Text>
      {templates.length > 0 && (
        <ul className={styles.list} aria-label="Templates">
          {templates.map((template) => (
            <li key={template.id}>
              <div className={textStyles.wrap}>
                <Text size="sm" fw={600}>
                  <bdi>{template.name}</bdi>
                </Text>
                <Text size="xs" c="dimmed">
                  {templateLine(template)}
                  {template.authority !== null && ' · only this issuer'}
                </Text>
              </div>
              <Group gap={4} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Change ${isolated(template.name)}`}
                  onClick={() => onEdit(template)}
                >
                  <IconPencil size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={`Delete ${isolated(template.name)}`}
                  onClick={() => drop(template)}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {remove.error !== null && <ErrorNotice error={remove.error} />}
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} data-autofocus onClick={() => onEdit('new')}>
          New template
        </Button>
      </DialogButtons>
    </Stack>
  )
}
