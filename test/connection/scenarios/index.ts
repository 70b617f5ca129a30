import type { Scenario } from '../scenario'
import { access } from './access'
import { alertsByName } from './alerts'
import { answers } from './answers'
import { controls } from './controls'
import { corners } from './corners'
import { fronts } from './fronts'
import { handshake } from './handshake'
import { inspection } from './inspection'
import { network } from './network'
import { products } from './products'

export const scenarios: Scenario[] = [
  ...handshake,
  ...alertsByName,
  ...answers,
  ...access,
  ...network,
  ...inspection,
  ...controls,
  ...corners,
  ...fronts,
  ...products,
]
