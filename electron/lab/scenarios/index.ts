import type { LabScenario } from '#shared/model/lab-scenario'
import { access } from './access'
import { answers, edge } from './answers'
import { handshake } from './handshake'
import type { Scenario } from './scenario'
import { serverCertificates } from './server-certificates'
import { wire } from './wire'

/** How the practice site behaves under each scenario; what is broken stands in words in `shared/logic/lab-scenarios/`. */
export const scenarios: Record<LabScenario, Scenario> = {
  ...access,
  ...edge,
  ...answers,
  ...handshake,
  ...serverCertificates,
  ...wire,
}
