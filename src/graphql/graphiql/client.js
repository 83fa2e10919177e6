import { GraphiQL } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './page.css'
import welcome from './welcome.graphql'

// Put in place by scripts/prepare.ts, which knows what the files are called.
const workers = WORKERS

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(workers[label] ?? workers.editor, { type: 'module' }),
}

async function fetcher(parameters, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...options?.headers,
    },
    body: JSON.stringify(parameters),
  })
  return response.json()
}

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, { fetcher, defaultQuery: welcome }),
)
