import { RegistryError } from '../../contract/index.ts'
import type { GrantKey } from '../../stores/grant-store.ts'
import { InputError } from '../errors/input-error.ts'
import type { RemovePermission, SetPermission, WriteTarget } from '../records/command.ts'
import type { Grant } from '../records/permission.ts'
import type { LookedAt } from '../session/access.ts'
import type { Session } from '../session/session.ts'
import { Attempt } from '../write/attempt.ts'
import { assertText } from '../write/legal-texts.ts'
import { notFound } from '../write/writable.ts'
import { parseModelPattern } from './model-pattern.ts'

/** As long as the longest names of models, and of people. */
const longestModel = 1024
const longestPrincipal = 512
/** For the gateway's own database. */
const mayTakeMs = 5000

const everywhere: LookedAt = { name: '*', model: async () => null, isTaken: async () => false }

/**
 * Grants something, or takes it away. On one model that is for whoever may do everything with it, all else for
 * administrators. What the configuration says is changed there only.
 */
export async function changeGrant(
  session: Session,
  command: SetPermission | RemovePermission,
): Promise<Grant> {
  const { registry, model, principal } = command
  const key = { registry, model, principal }
  const { looked, name } = locate(session, key)
  const target: WriteTarget = { registry, model: name ?? model }
  await session.access.assertMayWrite(command, target, looked)
  const { grants } = session.federation
  const place = grants.placeOf(key)
  if (place !== null) throw fixed(key, place)
  const isSet = command.operation === 'setPermission'
  if (isSet && registry !== '*' && name !== null && !(await looked.model(name))) {
    throw notFound(looked, `The model ${JSON.stringify(name)}`)
  }
  const attempt = new Attempt(session, command, target)
  return attempt.noted(mayTakeMs, async (begin) => {
    begin()
    const permission = isSet ? command.permission : null
    const before = await (permission === null ? grants.remove(key) : grants.set({ ...key, permission }))
    const granted = permission ?? before
    if (granted === null) throw noGrant(key)
    return {
      answer: { ...key, permission: granted },
      facts: { grant: { principal, from: before, to: permission } },
    }
  })
}

function locate(session: Session, { registry, model, principal }: GrantKey) {
  const looked = registry === '*' ? everywhere : session.registry(registry)
  assertText(model, 'The model', 'model')
  assertText(principal, 'The principal', 'principal')
  if (model === '' || model.length > longestModel) {
    throw new InputError(
      'model',
      `Write the name of a model, or a pattern with *, of 1 to ${longestModel} characters.`,
    )
  }
  if (!/^(user|group|token):./su.test(principal) || principal.length > longestPrincipal) {
    const message = `Say whose permission it is: user:NAME, group:NAME or token:NAME, of at most ${longestPrincipal} characters.`
    throw new InputError('principal', message)
  }
  return { looked, name: parseModelPattern(model).name }
}

function fixed(key: GrantKey, place: string): RegistryError {
  const message = `What ${wordsOf(key)} stands in the configuration of the gateway (${place}) and is changed there only; nothing was written.`
  return new RegistryError('UNSUPPORTED', message)
}

function noGrant(key: GrantKey): RegistryError {
  return new RegistryError('NOT_FOUND', `Nothing ${wordsOf(key)}.`)
}

function wordsOf({ registry, model, principal }: GrantKey): string {
  const where = registry === '*' ? 'all registries' : JSON.stringify(registry)
  return `is granted to ${JSON.stringify(principal)} on ${JSON.stringify(model)} in ${where}`
}
