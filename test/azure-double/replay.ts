import { expect } from 'vitest'
import type { AzureDouble } from './azure-double.ts'
import { type DoubleResponse, request } from './double-client.ts'
import {
  comparable,
  hasRecordings,
  headersOfDouble,
  headersOfRecording,
  keysInOrder,
  type RecordedExchange,
  type Recording,
  readRecordings,
} from './recording.ts'

/** For the title of suites that have nothing to replay. */
export const absentRecordings = hasRecordings ? '' : ' (ABSENT: no recordings under MODELGATE_SHARED)'

export const recordings = readRecordings()
export const recorded = (part: string): Recording => {
  const found = recordings.find(({ name }) => name.includes(part))
  if (found === undefined) throw new Error(`no recording ${part}`)
  return found
}

export const pathOf = ({ RequestUri }: RecordedExchange): string => {
  const { pathname, search } = new URL(RequestUri)
  return `${pathname}${search}`
}

export const replay = (double: AzureDouble, exchange: RecordedExchange): Promise<DoubleResponse> =>
  request(double, exchange.RequestMethod, pathOf(exchange), {
    headers: { 'accept-encoding': exchange.RequestHeaders['Accept-Encoding'] ?? 'identity' },
    ...(exchange.RequestBody === null ? {} : { body: exchange.RequestBody }),
  })

export const expectSame = (answer: DoubleResponse, exchange: RecordedExchange): void => {
  expect(answer.status).toBe(exchange.StatusCode)
  expect(headersOfDouble(answer)).toEqual(headersOfRecording(exchange))
  expect(keysInOrder(comparable(answer.body))).toEqual(keysInOrder(comparable(exchange.ResponseBody)))
}
