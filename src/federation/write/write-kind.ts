import type { Call } from '../../contract/index.ts'
import type { Command, WriteTarget } from '../records/command.ts'
import type { ModelGrants } from '../session/grants.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import type { WriteFacts } from '../session/write-facts.ts'
import type { Needs, WritableRegistry } from './writable.ts'

/** Where a command leads, before the registry is asked for anything. */
export interface Located {
  readonly registry: RegistrySession
  /** Asks the registry only where the reference does not name the thing itself. @throws RegistryFailure NOT_FOUND */
  find(): Promise<WriteTarget> | WriteTarget
}

/** What a write came to: the answer for who asked for it, and what it did for whoever wants to know. */
export interface Done<Answer> {
  readonly answer: Answer
  readonly facts: Omit<WriteFacts, 'operation' | 'registry' | 'model'>
}

/** A write that is done once under a key. */
export interface OncePerKey<C extends Command, Answer> {
  /** Everything that has to be the same under the same key, however it is spelled: in one form. */
  arguments(command: C): unknown
  /** After an attempt that nobody has seen the end of. Null: it was not done. */
  recover(registry: WritableRegistry, command: C): Promise<Answer | null>
  /** With the time by which what was made is known again. */
  timed(session: Session, answer: Answer): Promise<Answer>
}

/** What the adapter is to do. */
export interface Intended<Intent> {
  readonly target: WriteTarget
  readonly intent: Intent
  /** By which the registry does the same only once; null where there is none. */
  readonly key: string | null
}

/** A write that is one step for its registry, as a row: what is of this one kind, and nothing of the way it goes. */
export interface WriteKind<C extends Command, Part, Intent, Result, Answer> {
  /** The adapter's step, for the log. */
  readonly step: string
  readonly needs: Needs<Part>
  /** `always`: looks at more than it writes. Else only where the backend cannot compare and write in one step. */
  readonly turn: 'always' | 'unlessNative'
  readonly once?: OncePerKey<C, Answer>
  /** What can be refused without any registry. @throws InputError */
  check?(command: C): void
  /** @throws InputError naming the field of a reference that leads nowhere. */
  locate(session: Session, command: C): Located
  /** By the registry's rules; everything is checked before anything is written. @throws InputError */
  intend(command: C, registry: WritableRegistry): Intent
  /** Whether there is nothing to be written: then the thing has only to be there. */
  isEmpty?(intent: Intent): boolean
  /** What the write depends on, seen when no other writer can change it any more. */
  look?(intent: Intent, target: WriteTarget, registry: RegistrySession): Promise<Intent>
  apply(part: Part, write: Intended<Intent>, call: Call): Promise<Result>
  /** Of what is granted on the model, once it is written. */
  follow?(
    grants: ModelGrants,
    target: WriteTarget,
    done: { readonly intent: Intent; readonly caller: string | null },
  ): Promise<void>
  /** @param result null when nothing had to be written, or an earlier try has written it. */
  conclude(target: WriteTarget, intent: Intent, result: Result | null): Done<Answer>
}

/** A part of an adapter that has all of these. */
export function having<Part extends object, Name extends keyof Part>(
  part: Part | undefined,
  ...names: readonly Name[]
): (Part & Required<Pick<Part, Name>>) | undefined {
  return part !== undefined && names.every((name) => part[name] !== undefined)
    ? (part as Part & Required<Pick<Part, Name>>)
    : undefined
}
