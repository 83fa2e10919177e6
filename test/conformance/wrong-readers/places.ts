import { compareCodePoints } from '../../../src/contract/index.ts'
import { everyVersion, type WrongReader, withArtifacts } from './wrong-reader.ts'

export const wrongWithPlaces: readonly WrongReader[] = [
  {
    wrong: 'answers the places of files in the order of the backend',
    fails: ['MG-ARTIFACT-001', 'MG-ARTIFACT-002', 'MG-ARTIFACT-004'],
    spoil: withArtifacts(({ locate }) => ({
      async locate(keys, call) {
        const places = await locate(keys, call)
        return places.toSorted((a, b) => compareCodePoints(String(a), String(b)))
      },
    })),
  },
  {
    wrong: 'puts a slash behind the places of files',
    fails: ['MG-ARTIFACT-002', 'MG-ARTIFACT-004'],
    spoil: withArtifacts(({ locate }) => ({
      locate: async (keys, call) =>
        (await locate(keys, call)).map((place) => (typeof place === 'string' ? `${place}/` : place)),
    })),
  },
  {
    wrong: 'gives another place with a version than for it',
    fails: ['MG-ARTIFACT-004'],
    spoil: everyVersion((row) => ({ ...row, artifactUri: `https://files.example.org/${row.version}` })),
  },
  {
    wrong: 'gives an empty folder for a version that is not there',
    fails: ['MG-ARTIFACT-005'],
    spoil: withArtifacts(({ list }) => ({
      list: async (key, path, call) => (await list(key, path, call)) ?? [],
    })),
  },
  {
    wrong: 'fails on a place that it has no client for',
    fails: ['MG-ARTIFACT-006'],
    spoil: withArtifacts(({ list, locate }) => ({
      async list(key, path, call) {
        const [place] = await locate([key], { ...call, countRequest() {} })
        if (typeof place === 'string' && !place.startsWith('file:'))
          throw new TypeError('clients[scheme] is undefined')
        return list(key, path, call)
      },
    })),
  },
]
