import { comparePositions, modelOrderValues, versionOrderValues } from 'modelgate/adapter'

/** @import { ModelPage, ModelQuery, ModelRecord } from 'modelgate/adapter' */
/** @import { ModelVersionRecord, VersionPage, VersionQuery } from 'modelgate/adapter' */

// Everything at once, in the asked order. `residue` is what of the filter was not checked here: the gateway does it.
// A backend with many rows gives pages; what it filters by itself comes off the residue.
const whole = { hints: null, continuation: null, ordered: true }

/** @type {(rows: ModelRecord[], query: ModelQuery) => ModelPage} */
export function toModelPage(rows, { order, filter }) {
  /** @param {ModelRecord} row */
  const place = (row) => ({ values: modelOrderValues(order, row), name: row.name, version: null })
  return {
    ...whole,
    items: rows.sort((a, b) => comparePositions(order, place(a), place(b))),
    residue: filter,
  }
}

/** @type {(rows: ModelVersionRecord[], query: VersionQuery) => VersionPage} */
export function toVersionPage(rows, { order, filter }) {
  /** @param {ModelVersionRecord} row */
  const place = (row) => ({
    values: versionOrderValues(order, row),
    name: row.modelName,
    version: row.version,
  })
  return {
    ...whole,
    items: rows.sort((a, b) => comparePositions(order, place(a), place(b))),
    residue: filter,
  }
}
