import type { LabScenarioGroup } from '../../model/lab-scenario'

export interface LabScenarioWords {
  group: LabScenarioGroup
  /** What a person chooses from a list. */
  title: string
  /** What is wrong at the site while the scenario is on. */
  broken: string
}
