/** As deep as folders are looked into; what lies deeper was hardly meant. */
const deepest = 4

/** Whether a folder is among what was dropped. Has to be asked while the event lasts. */
export function foldersIn(data: DataTransfer): FileSystemEntry[] | null {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.some(({ isDirectory }) => isDirectory) ? entries : null
}

/** The files in folders, hidden ones left out. */
export async function filesIn(entries: FileSystemEntry[], depth = 0): Promise<File[]> {
  const lists = await Promise.all(
    entries.filter(({ name }) => !name.startsWith('.')).map((entry) => filesOf(entry, depth)),
  )
  return lists.flat()
}

async function filesOf(entry: FileSystemEntry, depth: number): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isFolder(entry) || depth >= deepest) return []
  return filesIn(await entriesOf(entry.createReader()), depth + 1)
}

/** A reader gives its entries a hundred at a time, and none at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
  return some.length === 0 ? [] : [...some, ...(await entriesOf(reader))]
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
