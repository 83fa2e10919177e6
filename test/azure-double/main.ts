import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { startAzureDouble } from './azure-double.ts'

const help = `A double of Azure Machine Learning's model routes, for tests.

  npm run double:azure -- [--port N] [--cert FILE --key FILE]

  --port N     listen on this port of 127.0.0.1; a free one without it
  --cert FILE  certificate in PEM: https with it and --key, http without
  --key FILE   its private key
  --help       this text

Every subscription, resource group, workspace and registry is there, and empty. Any bearer token is good, and
POST /{tenant}/oauth2/v2.0/token gives one. Switches: GET, PATCH and DELETE /_double/switches.`

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    cert: { type: 'string' },
    key: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

const portOf = (text: string | undefined): number => {
  const port = Number(text ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${text} is no port`)
  return port
}

const readTls = async (cert: string | undefined, key: string | undefined) => {
  if (cert === undefined && key === undefined) return {}
  if (cert === undefined || key === undefined) throw new Error('--cert and --key go together')
  return { tls: { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') } }
}

const run = async (): Promise<void> => {
  const double = await startAzureDouble({
    port: portOf(values.port),
    ...(await readTls(values.cert, values.key)),
  })
  console.log(`azure double listens on ${double.url}`)
  const stop = () => void double.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (values.help) console.log(help)
else
  run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
