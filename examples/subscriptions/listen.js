// Prints what happens in all registries, one JSON line an event, and misses nothing while the gateway restarts.
//
//   npm install graphql graphql-ws
//   MODELGATE_TOKEN=mg_… node listen.js https://models.example.com/graphql
import { createClient } from 'graphql-ws'

const url = process.argv[2] ?? 'http://127.0.0.1:4000/graphql'
const token = process.env.MODELGATE_TOKEN
const authorization = token ? { authorization: `Bearer ${token}` } : {}

/** Where the log ends by now: from there on nothing is missed, whenever the connection comes about. */
async function findStart() {
  const query = `{ changes(from: "${new Date().toISOString()}") { pageInfo { endCursor } } }`
  const headers = { 'content-type': 'application/json', ...authorization }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors[0].message)
  return data.changes.pageInfo.endCursor
}

const client = createClient({
  url: url.replace(/^http/, 'ws'),
  connectionParams: authorization,
  // Whoever was cut off comes again; what cannot be mended by that ends it at once, as a token that was revoked.
  retryAttempts: Number.POSITIVE_INFINITY,
  // Also where nobody answers for a while.
  shouldRetry: () => true,
})

const query = `subscription ($since: String) {
  events(since: $since) { cursor at kind registry model version key before after actor }
}`
// The client sends these again when it connects again: so it goes on after the last event that it was told of.
const variables = { since: await findStart() }

client.subscribe(
  { query, variables },
  {
    next({ data, errors }) {
      if (errors) console.error(JSON.stringify(errors))
      if (!data) return
      const { cursor, ...event } = data.events
      console.log(JSON.stringify(event))
      variables.since = cursor
    },
    error(error) {
      console.error(Array.isArray(error) ? error.map(({ message }) => message).join('\n') : error)
      process.exitCode = 1
    },
    complete() {},
  },
)
