import type { TagRecord } from '../../contract/index.ts'
import type { Commands } from '../records/command.ts'
import { assertDescription, assertTags, assertUnreserved } from './legal-texts.ts'
import type { Subject, SubjectWrites } from './subject.ts'
import type { Needs } from './writable.ts'
import { having, type WriteKind } from './write-kind.ts'

type Part<Key, Name extends keyof SubjectWrites<Key>> = Required<Pick<SubjectWrites<Key>, Name>>

type Describe = 'updateModel' | 'updateModelVersion'
type Delete = 'deleteModel' | 'deleteModelVersion'
type SetTags = 'setModelTags' | 'setModelVersionTags'
type DeleteTags = 'deleteModelTags' | 'deleteModelVersionTags'

function needs<Reference, Key, Answer, Name extends keyof SubjectWrites<Key>>(
  subject: Subject<Reference, Key, Answer>,
  toDo: string,
  ...names: readonly Name[]
): Needs<Part<Key, Name>> {
  return { part: (facets) => having(subject.part(facets), ...names), toDo }
}

/** Gives it another description, or none. */
export function describing<O extends Describe, Key, Answer>(
  step: O,
  subject: Subject<Commands[O], Key, Answer>,
): WriteKind<Commands[O], Part<Key, 'describe'>, string | null, void, Answer> {
  return {
    step,
    needs: needs(subject, `change the description of ${subject.one}`, 'describe'),
    turn: 'unlessNative',
    locate: subject.locate,
    intend({ description }, registry) {
      assertDescription(registry, description)
      return description === '' ? null : description
    },
    apply: (part, { target, intent }, call) => part.describe(subject.keyOf(target), intent, call),
    conclude: (target) => ({ answer: subject.answer(target), facts: {} }),
  }
}

export function deleting<O extends Delete, Key, Answer>(
  step: O,
  subject: Subject<Commands[O], Key, Answer>,
): WriteKind<Commands[O], Part<Key, 'delete'>, null, void, Answer> {
  return {
    step,
    needs: needs(subject, `delete ${subject.many}`, 'delete'),
    turn: 'unlessNative',
    locate: subject.locate,
    intend: () => null,
    apply: (part, { target }, call) => part.delete(subject.keyOf(target), call),
    async follow(grants, { registry, model, version }) {
      if (version === undefined) await grants.ended(registry, model)
    },
    conclude: (target) => ({ answer: subject.answer(target), facts: {} }),
  }
}

const changeTags = 'change the tags of'

export function settingTags<O extends SetTags, Key, Answer>(
  step: O,
  subject: Subject<Commands[O], Key, Answer>,
): WriteKind<Commands[O], Part<Key, 'setTags' | 'deleteTags'>, readonly TagRecord[], void, Answer> {
  return {
    step,
    needs: needs(subject, `${changeTags} ${subject.one}`, 'setTags', 'deleteTags'),
    turn: 'unlessNative',
    locate: subject.locate,
    intend({ tags }, registry) {
      assertTags(registry, tags)
      return tags
    },
    isEmpty: (tags) => tags.length === 0,
    apply: (part, { target, intent }, call) => part.setTags(subject.keyOf(target), intent, call),
    conclude: (target, tags) => ({
      answer: subject.answer(target),
      facts: { tagKeys: tags.map(({ key }) => key) },
    }),
  }
}

export function deletingTags<O extends DeleteTags, Key, Answer>(
  step: O,
  subject: Subject<Commands[O], Key, Answer>,
): WriteKind<Commands[O], Part<Key, 'setTags' | 'deleteTags'>, readonly string[], void, Answer> {
  return {
    step,
    needs: needs(subject, `${changeTags} ${subject.one}`, 'setTags', 'deleteTags'),
    turn: 'unlessNative',
    check({ keys }) {
      for (const key of keys) assertUnreserved(key, 'keys')
    },
    locate: subject.locate,
    intend: ({ keys }) => keys,
    isEmpty: (keys) => keys.length === 0,
    apply: (part, { target, intent }, call) => part.deleteTags(subject.keyOf(target), intent, call),
    conclude: (target, tagKeys) => ({ answer: subject.answer(target), facts: { tagKeys } }),
  }
}
