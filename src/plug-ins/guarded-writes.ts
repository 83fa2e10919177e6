import type {
  AliasWrites,
  ModelWrites,
  RegistryWrites,
  StageWrites,
  VersionWrites,
} from '../contract/index.ts'
import type { Guard } from './guard.ts'
import { is, isBoolean, isList, isText, isTextOrAbsent, isTextOrNull } from './shape.ts'

const isMove = is({ previous: isTextOrNull })
const isStageMove = is({ archived: isList(isText), previous: isTextOrAbsent })

/** The answer of a write that was done is looked at too: what is off says that its outcome is not known. */
export function guardedWrites(
  guard: Guard,
  { models, versions, aliases, stages }: RegistryWrites,
): RegistryWrites {
  return {
    models: guardedModelWrites(guard, models),
    versions: guardedVersionWrites(guard, versions),
    ...(aliases && { aliases: guardedAliasWrites(guard, aliases) }),
    ...(stages && { stages: guardedStageWrites(guard, stages) }),
  }
}

function guardedModelWrites(guard: Guard, models: ModelWrites): ModelWrites {
  const { describe, setTags, deleteTags, rename, delete: remove, takeBack } = models
  return {
    create: (model, call) => guard.ask('models.create', call, async () => models.create(model, call)),
    ...(setTags && {
      setTags: (name, tags, call) =>
        guard.ask('models.setTags', call, async () => setTags.call(models, name, tags, call)),
    }),
    ...(deleteTags && {
      deleteTags: (name, keys, call) =>
        guard.ask('models.deleteTags', call, async () => deleteTags.call(models, name, keys, call)),
    }),
    ...(describe && {
      describe: (name, text, call) =>
        guard.ask('models.describe', call, async () => describe.call(models, name, text, call)),
    }),
    ...(rename && {
      rename: (name, newName, call) =>
        guard.ask('models.rename', call, async () => rename.call(models, name, newName, call)),
    }),
    ...(remove && {
      delete: (name, call) => guard.ask('models.delete', call, async () => remove.call(models, name, call)),
    }),
    ...(takeBack && {
      takeBack: (name, key, call) =>
        guard.ask('models.takeBack', call, async () => takeBack.call(models, name, key, call), isBoolean),
    }),
  }
}

function guardedVersionWrites(guard: Guard, versions: VersionWrites): VersionWrites {
  const { describe, keepsNotes, setTags, deleteTags, delete: remove, takesSource } = versions
  return {
    ...(takesSource && {
      takesSource: (source) => guard.judge(() => takesSource.call(versions, source) === true),
    }),
    create: (version, call) =>
      guard.ask('versions.create', call, async () => versions.create(version, call), isText),
    ...(keepsNotes === true && { keepsNotes }),
    ...(setTags && {
      setTags: (key, tags, call) =>
        guard.ask('versions.setTags', call, async () => setTags.call(versions, key, tags, call)),
    }),
    ...(deleteTags && {
      deleteTags: (key, keys, call) =>
        guard.ask('versions.deleteTags', call, async () => deleteTags.call(versions, key, keys, call)),
    }),
    ...(describe && {
      describe: (key, text, call) =>
        guard.ask('versions.describe', call, async () => describe.call(versions, key, text, call)),
    }),
    ...(remove && {
      delete: (key, call) => guard.ask('versions.delete', call, async () => remove.call(versions, key, call)),
    }),
  }
}

function guardedAliasWrites(guard: Guard, aliases: AliasWrites): AliasWrites {
  return {
    set: (key, version, expected, call) =>
      guard.ask('aliases.set', call, async () => aliases.set(key, version, expected, call), isMove),
    delete: (key, expected, call) =>
      guard.ask('aliases.delete', call, async () => aliases.delete(key, expected, call), isMove),
  }
}

function guardedStageWrites(guard: Guard, stages: StageWrites): StageWrites {
  return {
    transition: (key, transition, call) =>
      guard.ask('stages.transition', call, async () => stages.transition(key, transition, call), isStageMove),
  }
}
