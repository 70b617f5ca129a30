import { type Context, paged } from './context'
import { type Reply, refusal, reordered, success } from './reply'

const invalidToken = refusal(401, 1000, 'Invalid API Token')

/** A valid token is told so with the very code that others are refused with. */
function verified({ token }: Context): Reply {
  const { id, status, expiresOn } = token
  const reply = success({ id, status, ...(expiresOn === null ? {} : { expires_on: expiresOn }) })
  const messages = [{ code: 10000, message: 'This API Token is valid and active' }]
  return { ...reply, body: { ...reply.body, messages } }
}

export const verifyUserToken = (context: Context): Reply =>
  context.token.kind === 'user' ? verified(context) : invalidToken

export const verifyAccountToken = (context: Context): Reply =>
  context.token.kind === 'account' && context.token.accounts.includes(context.account)
    ? verified(context)
    : invalidToken

export function listAccounts(context: Context): Reply {
  const { token, world } = context
  if (token.kind === 'account' && world.behaviour.accountsForAccountTokens === 'refused')
    return refusal(400, 1001, 'Invalid request')
  const seen = world.accounts.filter(({ id }) => token.accounts.includes(id))
  return paged(
    context,
    seen.map(({ id, name }) => ({ id, name, type: 'standard', settings: {} })),
    20,
    50,
  )
}

export function listZones(context: Context): Reply {
  const { token, world, query } = context
  const wanted = query.get('account.id')
  const zones = world.zones.filter(
    ({ account }) => token.accounts.includes(account) && (wanted === null || wanted === account),
  )
  const view = reordered(zones).map(({ id, name, account }) => ({
    id,
    name,
    status: 'active',
    account: { id: account, name: world.accounts.find((one) => one.id === account)?.name ?? '' },
  }))
  return paged(context, view, 20, 50)
}

export const getOrganization = ({ world }: Context): Reply => success(world.organization)

export const listIdentityProviders = (context: Context): Reply =>
  paged(context, context.world.identityProviders, 50, 1000)

export const listServiceTokens = (context: Context): Reply => paged(context, context.world.serviceTokens, 50, 1000)
