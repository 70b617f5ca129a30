import { mostFiles } from '#shared/logic/file-limits'
import type { SkippedFile } from './file-sources'

/** Deeper folders are skipped: a folder of certificates is not that deep. */
const MAX_FOLDER_DEPTH = 4

interface FolderContents {
  files: File[]
  leftOut: SkippedFile[]
}

/** Whether a folder is among what was dropped. Has to be asked while the event lasts. */
export function foldersIn(data: DataTransfer): FileSystemEntry[] | null {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.some(({ isDirectory }) => isDirectory) ? entries : null
}

/** The files in folders, hidden ones passed over; what could not be taken is named. */
export async function filesIn(entries: FileSystemEntry[]): Promise<FolderContents> {
  const found: FolderContents = { files: [], leftOut: [] }
  await collect(entries, 0, found)
  return found
}

async function collect(entries: FileSystemEntry[], depth: number, found: FolderContents): Promise<void> {
  for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) {
    const leaveOut = (why: SkippedFile['why']) => void found.leftOut.push({ name: entry.name, why })
    if (found.files.length >= mostFiles) return leaveOut('too-many')
    try {
      if (isFile(entry)) found.files.push(await fileOf(entry))
      else if (!isFolder(entry)) leaveOut('unreadable')
      else if (depth >= MAX_FOLDER_DEPTH) leaveOut('too-deep')
      else await collect(await entriesOf(entry.createReader()), depth + 1, found)
    } catch {
      leaveOut('unreadable')
    }
  }
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** A reader gives its entries a hundred at a time, and none at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
