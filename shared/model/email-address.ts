import { z } from 'zod'
import { isEmailAddress } from '../logic/email-address'

/** Of a person or a team, as it is typed. No address is longer (RFC 5321 §4.5.3.1.3). */
export const EmailAddress = z.string().max(254).refine(isEmailAddress, 'Expected an e-mail address.')
