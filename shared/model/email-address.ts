import { z } from 'zod'
import { isEmailAddress, MAX_EMAIL_ADDRESS } from '../logic/email-address'

/** Of a person or a team, as it is typed. */
export const EmailAddress = z.string().max(MAX_EMAIL_ADDRESS).refine(isEmailAddress, 'Expected an e-mail address.')
