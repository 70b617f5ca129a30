import { describe, expect, it } from 'vitest'
import { filesIn, foldersIn } from '../../../../renderer/src/import/folders'

/** What Chromium hands over when a folder is dropped: entries, read through a reader a hundred at a time. */
const atOnce = 100

const filesystem = { name: '', root: null } as never
const common = (name: string) => ({ name, fullPath: `/${name}`, filesystem, getParent: () => undefined })

const file = (name: string): FileSystemFileEntry => ({
  ...common(name),
  isFile: true,
  isDirectory: false,
  file: (resolve) => resolve(new File([name], name)),
})

const unreadable = (name: string): FileSystemFileEntry => ({
  ...file(name),
  file: (_, reject) => reject?.(new DOMException('gone', 'NotFoundError')),
})

function folder(name: string, entries: FileSystemEntry[]): FileSystemDirectoryEntry {
  return {
    ...common(name),
    isFile: false,
    isDirectory: true,
    getFile: () => undefined,
    getDirectory: () => undefined,
    createReader() {
      const left = [...entries]
      return { readEntries: (resolve) => resolve(left.splice(0, atOnce)) }
    },
  }
}

const forbidden = (name: string): FileSystemDirectoryEntry => ({
  ...folder(name, []),
  createReader: () => ({ readEntries: (_, reject) => reject?.(new DOMException('no', 'NotReadableError')) }),
})

const many = (count: number, prefix = 'file') => Array.from({ length: count }, (_, index) => file(`${prefix}${index}`))
const namesOf = async (entries: FileSystemEntry[]) => {
  const { files, leftOut } = await filesIn(entries)
  return { files: files.map(({ name }) => name), leftOut }
}
const transferOf = (...entries: (FileSystemEntry | null)[]): DataTransfer => {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }))
  return { items } as unknown as DataTransfer
}

describe('a dropped folder', () => {
  it('is noticed beside files, and files alone are not', () => {
    expect(foldersIn(transferOf(file('a'), folder('b', [])))?.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(foldersIn(transferOf(file('a'), file('b')))).toBeNull()
    expect(foldersIn(transferOf(null))).toBeNull()
  })

  it('gives all its files, in their order, with those of its folders', async () => {
    const entries = [folder('outer', [file('a'), folder('inner', [file('b')]), file('c')]), file('d')]
    expect(await namesOf(entries)).toEqual({ files: ['a', 'b', 'c', 'd'], leftOut: [] })
  })

  it('is read to its end, though its reader gives a hundred entries at a time', async () => {
    const { files } = await namesOf([folder('big', many(250))])
    expect(files).toHaveLength(250)
    expect(files.at(-1)).toBe('file249')
  })

  it('passes over what is hidden without a word', async () => {
    const entries = [folder('a', [file('.DS_Store'), folder('.git', [file('config')]), file('b')])]
    expect(await namesOf(entries)).toEqual({ files: ['b'], leftOut: [] })
  })
})

describe('what cannot be taken is named, and the rest is taken', () => {
  it('an unreadable file or folder', async () => {
    const entries = [folder('a', [unreadable('gone.pem'), forbidden('secret'), file('b')])]
    expect(await namesOf(entries)).toEqual({
      files: ['b'],
      leftOut: [
        { name: 'gone.pem', why: 'unreadable' },
        { name: 'secret', why: 'unreadable' },
      ],
    })
  })

  it('a folder that lies too deep', async () => {
    const nested = ['four', 'three', 'two', 'one'].reduce<FileSystemEntry>(
      (inner, name) => folder(name, [file(`in ${name}`), inner]),
      folder('five', [file('in five')]),
    )
    expect(await namesOf([nested])).toEqual({
      files: ['in one', 'in two', 'in three', 'in four'],
      leftOut: [{ name: 'five', why: 'too-deep' }],
    })
  })

  it('whatever comes after a thousand files', async () => {
    const { files, leftOut } = await namesOf([folder('a', many(990)), folder('b', many(20, 'other')), file('last')])
    expect(files).toHaveLength(1000)
    expect(leftOut).toEqual([
      { name: 'other10', why: 'too-many' },
      { name: 'last', why: 'too-many' },
    ])
  })
})
