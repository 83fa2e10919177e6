import { algorithms, domains, languages, tasks, teams } from './vocabulary.ts'

/** What a model is, which its name, tags and descriptions say. */
export interface Subject {
  readonly team: string
  readonly domain: string
  readonly task: string
  readonly algorithm: string
  readonly language: string
  /** Of the ticket that asked for it. */
  readonly ticket: string
}

const parts = [teams, domains, tasks, algorithms, languages] as const
const subjects = parts.reduce((product, part) => product * part.length, 1)
/** A prime that divides none of the lists: each number below `subjects` comes once. */
const stride = 1_299_709

export function subjectOf(index: number): Subject {
  let rest = (index * stride) % subjects
  const picked = parts.map((part) => {
    const place = rest % part.length
    rest = Math.floor(rest / part.length)
    return part[place] as string
  })
  const [team = '', domain = '', task = '', algorithm = '', language = ''] = picked
  return { team, domain, task, algorithm, language, ticket: `ML-${10_000 + index}` }
}

/** Each team has its way to write names, and no two models have the same. */
export function nameOf(subject: Subject): string {
  const { team, domain, task, algorithm, language } = subject
  const all = [team, domain, task, algorithm, language]
  switch (teams.indexOf(team) % 4) {
    case 0:
      return all.join('.')
    case 1:
      return all.join('_').replaceAll('-', '_')
    case 2:
      return all.slice(1).join('-').concat(`-${team}`)
    default:
      return all.map((part) => part.split('-').map(capitalized).join('')).join('-')
  }
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
