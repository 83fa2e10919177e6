import type { Adapter, ArtifactUpload, RegistryWrites, TagRecord } from '../../contract/index.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import type { NotesPlace } from './notes-place.ts'

/** Takes the gateway's own tags out of what is written, and to their place. */
export function notedWrites(
  { copies, imports }: Adapter,
  { models, versions, ...others }: RegistryWrites,
  place: NotesPlace,
): Pick<Adapter, 'writes' | 'copies' | 'imports'> {
  const { rename, delete: removeModel } = models
  const { delete: removeVersion } = versions
  return {
    writes: {
      ...others,
      models: {
        ...models,
        ...(rename && {
          async rename(name, newName, call) {
            await rename.call(models, name, newName, call)
            await place.renameModel(name, newName)
          },
        }),
        ...(removeModel && {
          async delete(name, call) {
            await removeModel.call(models, name, call)
            await place.forgetModel(name)
          },
        }),
      },
      versions: {
        ...versions,
        keepsNotes: true,
        create: (version, call) =>
          split(version, place, version.source, (given) => versions.create(given, call)),
        ...(removeVersion && {
          async delete(key, call) {
            await removeVersion.call(versions, key, call)
            await place.forgetVersion(key)
          },
        }),
      },
    },
    ...(copies && {
      copies: {
        copy: (copy, call) =>
          split(copy, place, `models:/${copy.source.model}/${copy.source.version}`, (given) =>
            copies.copy(given, call),
          ),
      },
    }),
    ...(imports && {
      imports: { begin: async (transfer, call) => notedUpload(await imports.begin(transfer, call), place) },
    }),
  }
}

function notedUpload(upload: ArtifactUpload, place: NotesPlace): ArtifactUpload {
  const { finalise } = upload
  return {
    put: (file, bytes, call) => upload.put(file, bytes, call),
    finish: (files, call) => upload.finish(files, call),
    discard: (call) => upload.discard(call),
    ...(finalise && {
      finalise: (version, call) =>
        split(version, place, version.source, (given) => finalise.call(upload, given, call)),
    }),
  }
}

function split<Wish extends { readonly model: string; readonly tags: readonly TagRecord[] }>(
  wish: Wish,
  place: NotesPlace,
  source: string,
  create: (wish: Wish) => Promise<string>,
): Promise<string> {
  const notes = wish.tags.filter(({ key }) => isReservedTag(key))
  if (notes.length === 0) return create(wish)
  const tags = wish.tags.filter(({ key }) => !isReservedTag(key))
  return place.make({ model: wish.model, source }, notes, (own) => create({ ...wish, ...own, tags }))
}
