import { setTimeout as wait } from 'node:timers/promises'
import { type Call, RegistryError } from '../../../contract/index.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import { readRetryAfter } from '../../http/status-error.ts'
import { toTransportError } from '../../http/transport-error.ts'
import type { AzureAnswer } from './azure-answer.ts'
import type { AzureClient } from './client.ts'
import { readProblem, toSentence } from './error-body.ts'
import { readOptionalText } from './wire.ts'

const shortestWaitMs = 100
const longestWaitMs = 5_000

/** Waits for what a write has only begun; answers whether there was anything to wait for. */
export async function finishOperation(
  client: AzureClient,
  answer: AzureAnswer,
  call: Call,
): Promise<boolean> {
  const status = answer.headers['azure-asyncoperation']
  const location = answer.headers.location
  if (status !== undefined) await pollStatus(client, status, answer, call)
  else if (answer.status === 202 && location !== undefined) await pollResult(client, location, answer, call)
  else return answer.status === 202
  return true
}

/** `Azure-AsyncOperation`: a body that says how far it is. */
async function pollStatus(client: AzureClient, link: string, first: AzureAnswer, call: Call): Promise<void> {
  for await (const answer of poll(client, link, first, call)) {
    const status = readOptionalText(await parseJsonObject(answer), 'status')
    if (status === 'Succeeded') return
    if (status === 'Failed' || status === 'Canceled') throw failed(status, answer)
  }
}

/** `Location`: 202 until it is over. */
async function pollResult(client: AzureClient, link: string, first: AzureAnswer, call: Call): Promise<void> {
  for await (const answer of poll(client, link, first, call)) if (answer.status !== 202) return
}

/** What goes by, such as throttling, is waited out like the operation itself. */
async function* poll(
  client: AzureClient,
  link: string,
  first: AzureAnswer,
  call: Call,
): AsyncGenerator<AzureAnswer> {
  let askedFor = readRetryAfter(first.retryAfter)
  for (let pause = shortestWaitMs; ; pause = Math.min(longestWaitMs, pause * 2)) {
    await sleep(Math.max(askedFor ?? pause, shortestWaitMs), call)
    const answer = await orPassing(client.follow(link, call), call)
    askedFor = RegistryError.is(answer) ? answer.retryAfterMs : readRetryAfter(answer.retryAfter)
    if (!RegistryError.is(answer)) yield answer
  }
}

async function orPassing(read: Promise<AzureAnswer>, { signal }: Call): Promise<AzureAnswer | RegistryError> {
  try {
    return await read
  } catch (error) {
    if (RegistryError.is(error) && error.retryable && !signal.aborted) return error
    throw error
  }
}

export async function sleep(milliseconds: number, { signal }: Call): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal })
  } catch (error) {
    throw toTransportError(error, signal, false)
  }
}

function failed(status: 'Failed' | 'Canceled', answer: AzureAnswer): RegistryError {
  const problem = readProblem(answer.text)
  const sentence = problem && toSentence(problem)
  const words = status === 'Failed' ? 'Azure ML could not carry it out' : 'Azure ML has broken it off'
  return new RegistryError('REGISTRY_ERROR', sentence === null ? `${words}.` : `${words}: ${sentence}`, {
    cause: new Error(answer.text.slice(0, 1000)),
  })
}
