import type { Adapter, Call, ListPage, ListQuery, Position } from '../../../src/contract/index.ts'
import { type WrongReader, withModels, withVersions } from './wrong-reader.ts'

type Query = ListQuery<unknown, unknown>
type Page = ListPage<
  { readonly name?: string; readonly modelName?: string; readonly version?: string },
  unknown
>
type List = (query: Query, call: Call) => Promise<Page>

/** How a list that is resumed goes wrong, for models and versions alike. */
type Resume = (list: List, query: Query & { readonly after: Position }, call: Call) => Promise<Page>

const nameOf = ({ name, modelName, version }: Page['items'][number]) =>
  `${name ?? modelName} ${version ?? ''}`

/** Gives each row its number as a hint. */
async function numbered(list: List, query: Query, call: Call): Promise<Page> {
  const page = await list({ ...query, after: null, limit: 10_000, continuation: null }, call)
  return { ...page, hints: page.items.map((row, index) => `${index}:${nameOf(row)}`) }
}

async function from(list: List, query: Query, call: Call, start: number): Promise<Page> {
  const page = await numbered(list, query, call)
  return { ...page, items: page.items.slice(start), hints: page.hints?.slice(start) ?? null }
}

const numberOf = ({ hint }: Position) => Number(/^(\d+):/.exec(hint ?? '')?.[1] ?? Number.NaN)
const isOwn = ({ hint, name, version }: Position) => hint?.replace(/^\d+:/, '') === `${name} ${version ?? ''}`

const mistakes: readonly (readonly [string, string, Resume])[] = [
  [
    'begins one row too late where it knows the number of the row',
    '0',
    (list, query, call) =>
      isOwn(query.after) ? from(list, query, call, numberOf(query.after) + 2) : list(query, call),
  ],
  [
    'gives nothing where it does not know the number of the row',
    '1',
    (list, query, call) =>
      query.after.hint === null && query.after.name !== null
        ? from(list, query, call, 10_000)
        : list(query, call),
  ],
  [
    'takes any number of a row for that of this one',
    '2',
    (list, query, call) =>
      query.after.hint !== null &&
      Number.isInteger(numberOf(query.after)) &&
      !query.after.name?.endsWith('gone')
        ? from(list, query, call, numberOf(query.after) + 1)
        : list(query, call),
  ],
]

const toFails = (number: string) => ({ models: `MG-ORDER-01${number}`, versions: `MG-ORDER-02${number}` })

const listing =
  (resume: Resume) =>
  (list: List): List =>
  (query, call) => {
    const { after } = query
    return after === null ? numbered(list, query, call) : resume(list, { ...query, after }, call)
  }

/** The mistakes do not look at what is filtered or ordered. */
const modelsResumed = (resume: Resume) =>
  withModels(({ list }) => ({ list: listing(resume)(list as List) as Adapter['models']['list'] }))
const versionsResumed = (resume: Resume) =>
  withVersions(({ list }) => ({ list: listing(resume)(list as List) as Adapter['versions']['list'] }))

export const wrongWhenResuming: readonly WrongReader[] = [
  ...mistakes.flatMap(([wrong, number, resume]) => [
    { wrong: `${wrong} (models)`, fails: [toFails(number).models], spoil: modelsResumed(resume) },
    { wrong: `${wrong} (versions)`, fails: [toFails(number).versions], spoil: versionsResumed(resume) },
  ]),
  {
    wrong: 'reads its hint as it finds it',
    fails: ['MG-ORDER-030'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        if (query.after?.hint) JSON.parse(query.after.hint)
        return list(query, call)
      },
    })),
  },
  {
    wrong: 'resumes behind all versions of the same values',
    fails: ['MG-ORDER-023'],
    spoil: withVersions(({ list }) => ({
      list: (query, call) =>
        list(
          query.after?.name === null ? { ...query, after: { ...query.after, name: '\u{10ffff}' } } : query,
          call,
        ),
    })),
  },
  {
    wrong: 'looks for the model to resume at',
    fails: ['MG-ORDER-014'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.after?.name?.endsWith('gone') ? { ...page, items: [], continuation: null } : page
      },
    })),
  },
]
