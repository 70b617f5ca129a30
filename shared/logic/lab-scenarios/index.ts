import type { LabScenario, LabScenarioGroup, LabScenarioWords } from '../../model/lab-scenario'
import { access } from './access'
import { answer } from './answer'
import { connection } from './connection'
import { edge } from './edge'
import { handshake } from './handshake'
import { serverCertificate } from './server-certificate'
import { token } from './token'

/** The catalogue of what can be broken at the practice site, in words. */
export const labScenarios: Record<LabScenario, LabScenarioWords> = {
  ...access,
  ...token,
  ...edge,
  ...handshake,
  ...serverCertificate,
  ...answer,
  ...connection,
}

export const labScenarioGroups: Record<LabScenarioGroup, string> = {
  access: 'Access and its rules',
  token: 'The Access cookie',
  edge: 'Cloudflare’s edge',
  handshake: 'Servers that check certificates',
  'server-certificate': 'The server’s own certificate',
  answer: 'The site’s answer',
  connection: 'No answer',
}
