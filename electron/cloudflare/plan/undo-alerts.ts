import { type AccessAccount, type AccessAlert, AccessAlertId } from '#shared/model/access-account'
import type { AccessChange, UndoNote } from '#shared/model/access-plan'
import { sameDestinations } from '../alerting'
import { writable } from './calls'
import type { Draft } from './draft'

type ChangeOf<Kind extends AccessChange['kind']> = Extract<AccessChange, { kind: Kind }>
type Why = UndoNote['why'] | null

const find = (all: AccessAlert[], id: string): AccessAlert | null => all.find((one) => one.id === id) ?? null

const alertsOf = ({ alerting }: AccessAccount): AccessAlert[] => alerting?.alerts ?? []

const isAsWritten = (
  alert: AccessAlert,
  { isEnabled, destinations }: Pick<AccessAlert, 'isEnabled' | 'destinations'>,
): boolean => alert.isEnabled === isEnabled && sameDestinations(alert.destinations, destinations)

export function removeAlert(draft: Draft, change: ChangeOf<'create-alert'>): Why {
  const current = find(alertsOf(draft.account()), change.id)
  if (current === null || current.name !== change.name || !isAsWritten(current, change)) return 'changed-since'
  draft.add({ kind: 'delete-alert', id: change.id })
  return null
}

export function restoreAlert(draft: Draft, change: ChangeOf<'update-alert'>, old: AccessAccount): Why {
  const [current, first] = [find(alertsOf(draft.account()), change.id), find(alertsOf(old), change.id)]
  if (current === null || first === null || !isAsWritten(current, change)) return 'changed-since'
  const { isEnabled, destinations } = first
  draft.add({ kind: 'update-alert', id: change.id, isEnabled, destinations })
  return null
}

/** It comes back with another id. Unlike what decides who gets in, nothing else refers to it. */
export function recreateAlert(draft: Draft, { id }: ChangeOf<'delete-alert'>, old: AccessAccount): Why {
  const { alerting } = draft.account()
  const first = find(alertsOf(old), id)
  if (alerting === null || first === null) return 'irreversible'
  if (alerting.alerts.some((one) => one.id === id || one.name === first.name)) return 'changed-since'
  if (!alerting.isAvailable) return 'irreversible'
  const { name, isEnabled, destinations, fetched } = first
  const created = AccessAlertId.parse(draft.newId())
  draft.add({ kind: 'create-alert', id: created, name, isEnabled, destinations, fields: writable(fetched) })
  return null
}
