import type { Command, WriteTarget } from '../records/command.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import { Attempt } from './attempt.ts'
import { type OnceKey, onceOnly } from './once.ts'
import { notFound, requirePart, requireWrites, toWritable } from './writable.ts'
import type { WriteKind } from './write-kind.ts'

/** Carries out what is one step for its registry. */
export async function writeOneStep<C extends Command, Part, Intent, Result, Answer>(
  session: Session,
  kind: WriteKind<C, Part, Intent, Result, Answer>,
  command: C,
): Promise<Answer> {
  kind.check?.(command)
  const { registry, find } = kind.locate(session, command)
  requireWrites(registry)
  requirePart(registry, kind.needs)
  const target = await find()
  await session.access.assertMayWrite(command, target, registry)
  const writable = await toWritable(registry)
  const intent = kind.intend(command, writable)
  const attempt = new Attempt(session, command, target)
  if (kind.isEmpty?.(intent)) {
    await assertThere(registry, target)
    return kind.conclude(target, intent, null).answer
  }
  const write = (once: OnceKey | null) =>
    session.federation.journal.inOrder(target, () =>
      attempt.noted(registry.link.settings.timeoutMs, (begin) =>
        attempt.inTurn(kind.turn, { registry, lost: once?.lost }, async (lost) => {
          const seen = kind.look ? await kind.look(intent, target, registry) : intent
          const intended = { target, intent: seen, key: once?.key ?? null }
          begin()
          const result = await registry.write(
            kind.step,
            (facets, call) => kind.apply(requirePart(registry, kind.needs, facets), intended, call),
            lost,
          )
          await follow(session, kind, target, seen)
          return kind.conclude(target, seen, result)
        }),
      ),
    )
  const { once } = kind
  const idempotencyKey = 'idempotencyKey' in command ? command.idempotencyKey : null
  if (!once || idempotencyKey === null) return write(null)
  const { answer, isReplay } = await onceOnly<null, Answer>(session, {
    operation: command.operation,
    idempotencyKey,
    arguments: once.arguments(command),
    prepare: async () => null,
    perform: async (key) => once.timed(session, await write(key)),
    async recover() {
      const answer = await once.recover(writable, command)
      if (answer) await attempt.found({ ...kind.conclude(target, intent, null), answer })
      return answer
    },
  })
  return isReplay ? attempt.replayed({ ...kind.conclude(target, intent, null), answer }) : answer
}

async function assertThere(registry: RegistrySession, { model, version }: WriteTarget): Promise<void> {
  const found = await (version === undefined ? registry.model(model) : registry.version({ model, version }))
  if (found) return
  const what = `the model ${JSON.stringify(model)}`
  throw notFound(
    registry,
    version === undefined ? `The${what.slice(3)}` : `The version ${JSON.stringify(version)} of ${what}`,
  )
}

/** What is written stands. What is granted is not lost for good: an administrator can grant it anew. */
async function follow<C extends Command, Intent>(
  { federation: { grants, log }, writer: { caller } }: Session,
  kind: Pick<WriteKind<C, unknown, Intent, unknown, unknown>, 'follow'>,
  target: WriteTarget,
  intent: Intent,
): Promise<void> {
  try {
    await kind.follow?.(grants, target, { intent, caller })
  } catch (error) {
    log.error({ ...target, caller, err: error }, 'what is granted on a model could not follow it')
  }
}
