import { GraphiQL } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './page.css'
import { askGraphql } from './ask-graphql.js'
import { Viewer, waysToSignIn } from './viewer.js'
import welcome from './welcome.graphql'

// Put in place by scripts/prepare.ts, which knows what the files are called.
const workers = WORKERS

globalThis.MonacoEnvironment = {
  // Beside the page, wherever a proxy has put it.
  getWorker: (_id, label) =>
    new Worker(new URL(workers[label] ?? workers.editor, document.baseURI), { type: 'module' }),
}

const viewer = waysToSignIn() === 'none' ? null : createElement(GraphiQL.Logo, null, createElement(Viewer))

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, { fetcher: askGraphql, defaultQuery: welcome }, viewer),
)
