import { Text } from '@mantine/core'
import { useState } from 'react'
import { ChooseFiles } from '../../../import/ChooseFiles'
import type { Source } from '../../../import/file-sources'
import { WishForm } from './WishForm'

/** A plan file from the command line or from git. */
export function OpenPlanFile({ onClose }: { onClose(): void }) {
  const [file, setFile] = useState<Source | null>(null)
  return (
    <WishForm title="Open a plan file" intent={file === null ? null : { kind: 'file', source: file }} onClose={onClose}>
      <ChooseFiles
        label="Choose a plan file"
        hint="latchkey.access.json, as “Save plan…” and the command line write it."
        accept=".json"
        most={1}
        onFiles={([first]) => first !== undefined && setFile(first)}
      />
      {file !== null && (
        <Text size="sm" role="status">
          {file.kind === 'bytes' ? file.name : 'A chosen file'}
        </Text>
      )}
    </WishForm>
  )
}
