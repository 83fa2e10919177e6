/** Models that are hard on filters, orders and quoting. The same ones go into every backend. */

export interface FleetVersion {
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly stage?: 'Staging' | 'Production' | 'Archived'
  readonly source?: string
  readonly run?: {
    readonly metrics: Readonly<Record<string, number>>
    readonly params: Readonly<Record<string, string>>
  }
}

export interface FleetModel {
  readonly name: string
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly aliases?: Readonly<Record<string, number>>
  readonly versions?: readonly FleetVersion[]
}

/** How long the run of a version took, in milliseconds, and how large the version is: for some the same, for others not known. */
export function measuresOf({ name }: FleetModel, version: number) {
  const place = name.length + version
  return {
    durationMs: [null, 1000, 5000, 5000, 0][place % 5] ?? null,
    sizeBytes: [7, null, 10, 7, 2000, null][place % 6] ?? null,
  }
}

/** Texts that some backend's grammar, escape or collation trips over. */
export const oddTexts = [
  'plain',
  'Plain',
  "it's",
  'say "hi"',
  `both ' and "`,
  '100%',
  '100x',
  'snake_case',
  'snakeXcase',
  'back\\slash',
  'new\nline',
  'tab\there',
  '\u00e9',
  'e\u0301',
  'É',
  'ß',
  'İ',
  'ﬁ',
  '～',
  '😀',
  'a😀b',
  ' lead',
  'trail ',
  "'; DROP TABLE models; --",
  '{}',
  '`tick`',
] as const

const stages = [undefined, 'Staging', 'Production', 'Archived'] as const

/** How a text stands in the name of a model. */
type Spelling = (text: string, index: number) => string

/** For backends that take plain names only. */
export const spellPlainly: Spelling = (text, index) => (/^[\w-]+$/.test(text) ? text : `odd-${index}`)

export function oddFleet(prefix: string, spell: Spelling = (text) => text): FleetModel[] {
  return oddTexts.map((text, index): FleetModel => {
    const other = oddTexts[(index + 7) % oddTexts.length] ?? ''
    const third = oddTexts[(index + 13) % oddTexts.length] ?? ''
    return {
      name: prefix + spell(text, index),
      ...(index % 3 === 0 ? {} : { description: other }),
      tags: { team: third, ...(index % 2 ? { tier: String(index % 3) } : {}) },
      aliases: { ...(index % 2 ? { champion: 1 } : {}), ...(index % 5 === 0 ? { Champion: 2, été: 2 } : {}) },
      versions: [1, 2, 3].slice(0, 2 + (index % 2)).map((number) => {
        const stage = stages[(index + number) % stages.length]
        return {
          ...(number === 1 ? {} : { description: third }),
          tags: { n: String(number), note: other },
          ...(stage ? { stage } : {}),
          source: `s3://bucket/${encodeURIComponent(text)}/${number}`,
          ...(number === 2
            ? {}
            : {
                run: {
                  metrics: metricsOf(index + number),
                  params: { depth: String(index % 4), text: third },
                },
              }),
        }
      }),
    }
  })
}

function metricsOf(index: number): Record<string, number> {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  return { auc: (index % 7) / 10, ...(index % 3 ? { odd: odd[index % odd.length] ?? 0 } : {}) }
}
