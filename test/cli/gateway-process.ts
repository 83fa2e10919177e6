import { createServer } from 'node:http'
import { runCommandLine } from '../../src/cli/index.ts'
import { sampleAdapters } from '../config/sample-adapters.ts'

/**
 * A process of its own, so that signals are real: `modelgate start` over a gateway that answers what a client asks
 * for and, on `/slow`, takes its time until `/finish` is asked.
 */
const server = createServer((request, response) => {
  if (request.url === '/slow') {
    server.once('finish', () => response.end('done'))
    process.stdout.write('slow request has arrived\n')
  } else if (request.url === '/finish') {
    server.emit('finish')
    response.end()
  } else {
    response.end(JSON.stringify({ data: {} }))
  }
})

process.exitCode =
  (await runCommandLine(process.argv.slice(2), {
    version: '1.2.3',
    env: process.env,
    directory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    builtIns: sampleAdapters,
    openFederation: () => {
      throw new Error('not needed')
    },
    openTokens: () => {
      throw new Error('not needed')
    },
    findDatabaseProblem: async () => null,
    createConnector: () => {
      throw new Error('start does not connect')
    },
    startGateway: async ({ server: { host, port } }) => {
      const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
      server.once('error', reject)
      server.listen(port, host, resolve)
      await listening
      const address = server.address()
      const actual = address !== null && typeof address === 'object' ? address.port : port
      return {
        url: `http://${host}:${actual}`,
        graceMs: 1000,
        registryStates: async () => new Map([['dev', { state: 'OK', message: null }]]),
        close: async () => {
          const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>()
          server.close(() => onClosed())
          await closed
        },
      }
    },
  })) ?? undefined
