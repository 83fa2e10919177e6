import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export const versionsPerModel = 10
/** One in so many has it. */
export const [wide, narrow] = [8, 500]
export const firstTime = Date.UTC(2026, 0, 1)

export function modelNameOf(model: number): string {
  // In no order that its number has.
  const mixed = (model * 2_654_435_761) % 4_294_967_296
  return `${['fraud', 'churn', 'price', 'rank', 'vision'][model % 5]}-${mixed.toString(16)}-${model}`
}

/**
 * Rows as the tables of before 0010 have them, so that the migrations after it can be measured on them, or those of a
 * checkout that has none.
 */
export function fill(path: string, registries: readonly string[], versions: number): void {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  database.exec('pragma synchronous = off; begin')
  const model = database.prepare('insert into local_model values (?, ?, ?, ?, ?, ?, ?)')
  const modelTag = database.prepare('insert into local_model_tag values (?, ?, ?)')
  const version = database.prepare(
    `insert into local_version (model_id, number, description, stage, status, source, artifact_uri, run_id, created_at, updated_at)
     values (?, ?, ?, ?, 'READY', ?, ?, ?, ?, ?)`,
  )
  const versionTag = database.prepare('insert into local_version_tag values (?, ?, ?, ?)')
  const alias = database.prepare('insert into local_alias values (?, ?, ?)')
  for (const registry of registries) {
    const models = Math.ceil(versions / versionsPerModel)
    for (let index = 0; index < models; index++) {
      const id = `${registry}-00000000-0000-0000-${String(index).padStart(8, '0')}`
      const at = firstTime + index * 1000
      model.run(id, registry, modelNameOf(index), `Model ${index}.`, versionsPerModel, at, at)
      modelTag.run(id, 'team', `team ${index % wide}`)
      modelTag.run(id, 'cohort', `cohort ${index % narrow}`)
      for (let number = 1; number <= versionsPerModel; number++) {
        const turn = index * versionsPerModel + number
        const run = turn.toString(16).padStart(32, '0')
        // Made in turn over all models, as a fleet is.
        const time = firstTime + (number * models + index) * 10
        const stage = number === versionsPerModel ? 'Production' : number < 3 ? 'Archived' : 'None'
        const place = `s3://models/${registry}/${run}/artifacts/model`
        version.run(id, number, `Version ${turn}.`, stage, place, place, run, time, time)
        versionTag.run(id, number, 'cohort', `cohort ${turn % narrow}`)
        versionTag.run(id, number, 'commit', run.slice(12))
        versionTag.run(id, number, 'team', `team ${turn % wide}`)
      }
      alias.run(id, 'champion', versionsPerModel)
    }
  }
  database.exec('commit; pragma wal_checkpoint(truncate)')
  database.close()
}
