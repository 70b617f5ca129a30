import type { Readable } from 'node:stream'
import type { BodyEnd } from '#shared/model/attempt'
import { whenTimeIsUp } from './deadline'

/** What is read of a page; more would only cost time. */
const MAX_BODY_BYTES = 64 * 1024
/** A stream of events never ends, and a slow page says no more than its beginning. */
const MAX_BODY_MS = 1_500

export interface Page {
  body: string
  bodyTruncated: boolean
  bodyEnd: BodyEnd
}

/**
 * The start of a page, as UTF-8: at most 64 KiB, and for at most a second and a half. Never rejects: a page that is cut off
 * is still the page of an answer.
 */
export function readPage(stream: Readable): Promise<Page> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    let isOver = false
    const finish = (bodyEnd: BodyEnd) => {
      if (isOver) return
      isOver = true
      endWait()
      const body = Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8')
      resolve({ body, bodyTruncated: bodyEnd !== 'complete', bodyEnd })
    }
    const endWait = whenTimeIsUp(MAX_BODY_MS, () => finish('time'))
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size > MAX_BODY_BYTES) finish('limit')
    })
    stream.on('end', () => finish('complete'))
    stream.on('error', () => finish('cut'))
    stream.on('close', () => finish('cut'))
  })
}
