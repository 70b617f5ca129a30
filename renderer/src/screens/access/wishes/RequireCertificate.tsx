import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { accessLimits } from '#shared/logic/access/limits'
import { isolated } from '#shared/logic/isolate'
import type { AccessOverview } from '#shared/model/access-screen'
import type { Intent } from '../plan/use-planner'
import { domainIn, faultOfLogin, policyNameFor } from './new-policy'
import { anyCertificate, WhoField, whoMayIn } from './WhoField'
import { WishForm } from './WishForm'

const isNew = 'new'

/** Attaches a policy that asks for a certificate: one that is there, or a new one. */
export function RequireCertificate({ overview, onClose }: { overview: AccessOverview; onClose(): void }) {
  const { applications, policies } = overview
  const [id, setId] = useState<string | null>(null)
  const [policy, setPolicy] = useState<string>(isNew)
  const [name, setName] = useState('')
  const [who, setWho] = useState(anyCertificate)
  const [login, setLogin] = useState('')
  const application = applications.find((one) => one.id === id)
  const attached = new Set(application?.policies.map((one) => one.id))
  const reusable = policies.filter((one) => one.isReusable && !attached.has(one.id))
  const suggested = application === undefined ? '' : policyNameFor(application.name)

  const loginFault = faultOfLogin(login, who)

  function intent(): Intent | null {
    if (application === undefined) return null
    if (policy !== isNew) return { kind: 'attach-policy', application: application.id, policy }
    const chosen = whoMayIn(who)
    if (chosen === null || loginFault !== null) return null
    const called = name.trim() === '' ? suggested : name.trim()
    return {
      kind: 'require-certificate',
      application: application.id,
      name: called,
      who: chosen,
      login: domainIn(login),
    }
  }

  return (
    <WishForm title="Let certificates in" intent={intent()} onClose={onClose}>
      <Select
        label="Application"
        placeholder="Choose an application"
        searchable
        allowDeselect={false}
        data={applications.map((one) => ({
          value: one.id,
          label: `${isolated(one.name)} (${one.addresses[0] ?? 'no address'})`,
        }))}
        value={id}
        onChange={setId}
      />
      <Select
        label="Policy"
        description="A policy that exists can be shared by several applications."
        allowDeselect={false}
        data={[
          { value: isNew, label: 'Create a new one' },
          ...reusable.map((one) => ({ value: one.id, label: one.name ?? one.id })),
        ]}
        value={policy}
        onChange={(value) => setPolicy(value ?? isNew)}
      />
      {policy === isNew && (
        <>
          <TextInput
            label="Name of the policy"
            placeholder={suggested}
            value={name}
            maxLength={accessLimits.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <WhoField typed={who} onChange={setWho} />
          <TextInput
            label="And a login with an e-mail address at"
            description="Leave empty for the certificate alone (Service Auth). With a login, at most one name is possible (Allow)."
            placeholder="example.com"
            value={login}
            error={loginFault}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
        </>
      )}
    </WishForm>
  )
}
