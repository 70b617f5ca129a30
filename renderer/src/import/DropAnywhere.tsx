import { Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { filesIn, foldersIn } from './folders'
import { useImport } from './import-context'
import { gather, sourceFromText } from './sources'

/** The whole window takes files, and text with a certificate in it. */
export function DropAnywhere() {
  const { receive, receiveFrom } = useImport()
  const [isOver, setOver] = useState(false)

  const over = useEffectEvent((event: DragEvent) => {
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  })

  const leave = useEffectEvent((event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false)
  })

  const drop = useEffectEvent((event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer)
  })

  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (take(event.clipboardData)) event.preventDefault()
  })

  function take(data: DataTransfer | null): boolean {
    if (data === null) return false
    // The list is emptied when the event is over, so it is copied now.
    const files = [...data.files]
    const text = sourceFromText(data.getData('text/plain'))
    const folders = foldersIn(data)
    if (folders !== null)
      void receiveFrom(async () => {
        const found = await filesIn(folders)
        return gather(found.files, found.leftOut)
      })
    else if (files.length > 0) void receiveFrom(() => gather(files))
    else if (text !== null) void receive([text])
    return files.length > 0 || text !== null
  }

  useEffect(() => {
    const listeners = [
      ['dragover', over],
      ['dragleave', leave],
      ['drop', drop],
    ] as const
    for (const [name, listener] of listeners) window.addEventListener(name, listener)
    window.addEventListener('paste', paste)
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener)
      window.removeEventListener('paste', paste)
    }
  }, [])

  if (!isOver) return null
  return (
    <div className="drop-veil">
      <div>
        <IconFileImport size={36} aria-hidden />
        <Text fw={600}>Drop it anywhere</Text>
        <Text c="dimmed" size="sm">
          .pem .crt .der .p7b .p12 .pfx .csr
        </Text>
      </div>
    </div>
  )
}
