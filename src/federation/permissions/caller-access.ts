import { RegistryError } from '../../contract/index.ts'
import type { GrantKey } from '../../stores/grant-store.ts'
import type { NameFilter } from '../../stores/name-filter.ts'
import { FederationError } from '../errors/federation-error.ts'
import { ForbiddenError } from '../errors/forbidden-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import type { Command, WriteTarget } from '../records/command.ts'
import { type PermissionLevel, reaches } from '../records/permission.ts'
import type { Access, LookedAt } from '../session/access.ts'
import { notFound } from '../write/writable.ts'
import { type Ability, abilities, abilityOf, toMissing } from './abilities.ts'
import { parseModelPattern } from './model-pattern.ts'
import type { PermissionView, Principals } from './permission-view.ts'

const refusals: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND', 'ALREADY_EXISTS'])

/** What is known of everybody's permissions. */
export interface KnownPermissions {
  readonly revision: number
  viewOf(asking: Asking): PermissionView
  look(): Promise<void>
}

/** Who asks, as far as that decides what one may do. */
export interface Asking extends Principals {
  readonly isSignedIn: boolean
}

/** What one caller may see and do by the grants as they are now, also when they change while its request lasts. */
export class CallerAccess implements Access {
  readonly #asking: Asking
  readonly #permissions: KnownPermissions
  #seen: { readonly revision: number; readonly view: PermissionView } | null = null

  constructor(asking: Asking, permissions: KnownPermissions) {
    this.#asking = asking
    this.#permissions = permissions
  }

  get isRestricted(): boolean {
    return !this.#view.seesAll
  }

  get mayLookAround(): boolean {
    return this.#view.maySee
  }

  assertMayLookAround(): void {
    if (this.mayLookAround) return
    const { words } = abilities.lookAround
    throw new ForbiddenError(`To ${words} takes being signed in.`, toMissing('lookAround'), null)
  }

  get viewKey(): string {
    const { principal, groups, isSignedIn } = this.#asking
    return JSON.stringify([principal, groups, isSignedIn, this.#permissions.revision])
  }

  admits(registry: string, model: string): boolean {
    return this.#view.sees(registry, model)
  }

  admitsAnyNamed(registry: string, model: string): boolean {
    return this.#view.seesByPattern(registry, model)
  }

  nameFilter(registry: string): NameFilter | null {
    return this.#view.nameFilter(registry)
  }

  nameFilterIsExact(registry: string): boolean {
    return this.#view.nameFilterIsExact(registry)
  }

  levelOf(registry: string, model: string): PermissionLevel {
    return this.#view.levelOf(registry, model)
  }

  mayGrant(key: GrantKey): boolean {
    const { name } = parseModelPattern(key.model)
    return !isWide(key) && this.levelOf(key.registry, name ?? '') === 'MANAGE'
  }

  /** Once more where it is refused, as another gateway may have changed what is granted a moment ago. */
  async assertMayWrite(command: Command, target: WriteTarget, registry: LookedAt): Promise<void> {
    const { revision } = this.#permissions
    try {
      await this.#assertMayWrite(command, target, registry)
    } catch (error) {
      if (!(error instanceof FederationError) || !refusals.has(error.code)) throw error
      await this.#permissions.look().catch(() => {})
      if (this.#permissions.revision === revision) throw error
      await this.#assertMayWrite(command, target, registry)
    }
  }

  get #view(): PermissionView {
    const { revision } = this.#permissions
    if (this.#seen?.revision !== revision) {
      this.#seen = { revision, view: this.#permissions.viewOf(this.#asking) }
    }
    return this.#seen.view
  }

  async #assertMayWrite(command: Command, target: WriteTarget, registry: LookedAt): Promise<void> {
    const ability = abilityOf[command.operation]
    const makes = command.operation === 'createModel' || command.operation === 'copyModelVersion'
    if (makes || (command.operation === 'createModelVersion' && command.createModel)) {
      if (!this.#asking.isSignedIn) throw this.#forbidden('make', target)
      if (command.operation === 'createModel') return
      return this.#assertMayAdd(ability, target, registry)
    }
    const isGrant = command.operation === 'setPermission' || command.operation === 'removePermission'
    if (isGrant && isWide(command)) throw this.#forbidden('grantByPattern', target)
    const { takes } = abilities[ability]
    const isEnough = takes === 'SIGNED_IN' || reaches(this.levelOf(target.registry, target.model), takes)
    if (isEnough && !this.isRestricted) return
    // What is hidden and what is not there are looked for alike, and said in the same words.
    const found = await writingNothing(registry.model(target.model))
    if (!found) throw notFound(registry, `The model ${JSON.stringify(target.model)}`)
    if (!isEnough) throw this.#forbidden(ability, target)
  }

  /** To a model that is made when it is not there: its name is taken, whoever may see it. */
  async #assertMayAdd(ability: Ability, target: WriteTarget, registry: LookedAt): Promise<void> {
    if (!(await writingNothing(registry.isTaken(target.model)))) return
    const level = this.levelOf(target.registry, target.model)
    if (reaches(level, 'EDIT')) return
    if (reaches(level, 'READ')) throw this.#forbidden(ability, target)
    const message = `There is a model ${JSON.stringify(target.model)} in "${target.registry}" already.`
    throw new RegistryFailure(target.registry, new RegistryError('ALREADY_EXISTS', message))
  }

  #forbidden(ability: Ability, { registry, model }: WriteTarget): ForbiddenError {
    const { takes, words } = abilities[ability]
    const missing = toMissing(ability)
    if (takes === 'SIGNED_IN' || takes === 'ADMINISTRATOR') {
      const who = takes === 'SIGNED_IN' ? 'being signed in' : 'an administrator'
      return new ForbiddenError(`To ${words} takes ${who}; nothing was written.`, missing, null)
    }
    const level = this.levelOf(registry, model)
    const message = `To ${words} takes ${takes} on the model ${JSON.stringify(model)} in "${registry}", and you have ${level}; nothing was written.`
    return new ForbiddenError(message, missing, registry)
  }
}

/** Whether a grant is on more than one model of one registry. */
function isWide({ registry, model }: Pick<GrantKey, 'registry' | 'model'>): boolean {
  return registry === '*' || parseModelPattern(model).name === null
}
