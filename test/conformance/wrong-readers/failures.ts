import { RegistryError } from '../../../src/contract/index.ts'
import { createHttpAdapter, goodManners, secretToken } from '../http-adapter.ts'
import { impolitenesses } from '../impolite.ts'
import { everyRun, unspoilt, type WrongReader, withModels } from './wrong-reader.ts'

export const wrongWithFailures: readonly WrongReader[] = [
  ...impolitenesses.map(
    ({ wrong, number, manners, also = [], alsoOfReads = [] }): WrongReader => ({
      wrong,
      fails: [number, ...also, ...alsoOfReads].map((end) => `MG-FAULT-${end}`),
      spoil: unspoilt,
      connectFaulty: ({ url }) => createHttpAdapter(url, manners),
    }),
  ),
  {
    wrong: 'does not listen to the signal any more once an answer has begun',
    fails: ['MG-FAULT-014'],
    spoil: unspoilt,
    connectFaulty: ({ url }) => createHttpAdapter(url, { forgetsSignal: true }),
  },
  {
    wrong: 'holds as much as its backend sends',
    fails: ['MG-FAULT-015'],
    spoil: unspoilt,
    connectFaulty: ({ url }) => createHttpAdapter(url, { mostBytes: Number.POSITIVE_INFINITY }),
  },
  {
    wrong: 'tells the address that it uses, with the password in it',
    fails: ['MG-SECRET-001'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const notices = [`Reads from https://gateway:${secretToken}@ml.example.org/.`]
        return { ...(await adapter.describe(call)), notices }
      },
    }),
  },
  {
    wrong: 'repeats the request in what it says of a refusal',
    fails: ['MG-SECRET-002'],
    spoil: unspoilt,
    connectFaulty: ({ url }) =>
      createHttpAdapter(url, {
        ofAnswer(answer) {
          const error = goodManners.ofAnswer(answer)
          return answer.status === 403 ? new RegistryError('FORBIDDEN', `Denied: ${answer.text}`) : error
        },
      }),
  },
  {
    wrong: 'links to runs by the address that it uses, with the password in it',
    fails: ['MG-SECRET-003'],
    spoil: everyRun((run) => ({
      ...run,
      url: `https://gateway:${secretToken}@ml.example.org/runs/${run.runId}`,
    })),
  },
  {
    wrong: 'says with what it was asked when a continuation is none of its own',
    fails: ['MG-SECRET-004'],
    spoil: withModels(({ list }) => ({
      list: (query, call) =>
        list(query, call).catch((error: unknown) => {
          if (!RegistryError.is(error) || error.code !== 'BAD_USER_INPUT') throw error
          throw new RegistryError(error.code, `${error.message} (authorization: Bearer ${secretToken})`)
        }),
    })),
  },
]
