import { randomUUID } from 'node:crypto'

const shortForm = /^(azureml:\/\/subscriptions\/[^/]+\/)resourcegroups\//i
const paths = '/paths/'
const replicated = /\/paths\/ServiceReplicated\/[0-9a-f-]{36}\//

/** The service writes `resourceGroups`, whatever it was sent; service replication moves the path as well. */
export const toStoredModelUri = (uri: string, isReplicated: boolean): string => {
  const normal = normalise(uri)
  return isReplicated ? normal.replace(paths, `${paths}ServiceReplicated/${randomUUID()}/`) : normal
}

/** Whether a client that sends this URI for a stored one leaves it as it is. */
export const sameModelUri = (stored: string, sent: string): boolean =>
  normalise(sent) === stored || normalise(sent) === stored.replace(replicated, paths)

const normalise = (uri: string): string => uri.replace(shortForm, '$1resourceGroups/')
