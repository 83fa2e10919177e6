import { onTestFinished } from 'vitest'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import { configWith } from './plug-in-folder.ts'

/** With one model in the registry of the gateway's own. */
export async function openWithHome(plugIn: string, finished = onTestFinished): Promise<OpenGateway> {
  const gateway = await openGateway(configWith(plugIn))
  let closed = false
  const close = async () => {
    if (!closed) await gateway.close()
    closed = true
  }
  finished(close)
  await gateway.data(
    'mutation { createModel(input: {registry: "home", name: "at-home"}) { model { name } } }',
  )
  return { ...gateway, close }
}
