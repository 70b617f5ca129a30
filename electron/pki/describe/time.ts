import { isAppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import type { Element } from '../der'
import { readTime } from '../der-values'
import type { Oddities } from './fields'

/** `2027-01-31 12:00:00 UTC`; a time that is none, or not in RFC 5280's form (§4.1.2.5), as it stands there. */
export function describeTime(element: Element, what: string, oddities: Oddities): string {
  try {
    return `${readTime(element).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  } catch (error) {
    if (!isAppError(error)) throw error
    const text = neutralise(Buffer.from(element.content).toString('latin1'))
    oddities.push(`${what} is not a valid time: “${text}”.`)
    return `“${text}”, which is not a valid time`
  }
}
