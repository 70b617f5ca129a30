import { Button } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'

/** Every file of a folder at once. */
export function ChooseFolder({ label, onFiles }: { label: string; onFiles(files: File[]): void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null) input.current.webkitdirectory = true
  }, [])
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])].filter(({ name }) => !name.startsWith('.')))
          // The same folder can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button
        variant="default"
        leftSection={<IconFolder size={18} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </>
  )
}
