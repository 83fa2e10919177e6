import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import type { ConfigProblem } from './config-error.ts'
import type { EnvironmentValue } from './gateway-config.ts'
import { type Interpolation, interpolate } from './interpolation.ts'
import { type Path, pathOf, toKey } from './path.ts'
import { toSyntaxProblem } from './syntax-problem.ts'
import { maskValues } from './value-mask.ts'

/** The text of a configuration file with everything needed to say where in it something is wrong. */
export class ConfigDocument {
  /** Plain values, `${…}` filled in. */
  readonly value: unknown
  /** Broken YAML, keys written twice, variables that are not set. */
  readonly problems: readonly ConfigProblem[]
  readonly environmentValues: readonly EnvironmentValue[]
  readonly #file: string
  readonly #document: Document
  readonly #lines = new LineCounter()
  readonly #interpolations = new Map<Node, Interpolation>()
  readonly #unresolved = new Set<Node>()

  constructor(text: string, file: string, env: NodeJS.ProcessEnv) {
    this.#file = file
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      // Its warnings quote from the file.
      logLevel: 'error',
      uniqueKeys: false,
      merge: true,
    })
    const broken = [...this.#document.errors, ...this.#document.warnings]
    const syntaxProblems = firstOfEachLine(
      broken.map((error) => this.#problemAt(error.pos[0], '', toSyntaxProblem(error, text))),
    )
    if (syntaxProblems.length > 0) {
      this.value = null
      this.problems = syntaxProblems
      this.environmentValues = []
      return
    }
    const problems = [...this.#fillIn(env), ...this.#doubledKeys(), ...this.#lostAliases()]
    this.environmentValues = [...this.#interpolations.values()].flatMap(({ values }) => values)
    try {
      this.value = this.#document.toJS({ maxAliasCount: 100 }) ?? {}
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      this.value = null
      if (problems.length === 0) problems.push(this.#problemAt(0, '', tooManyAliases))
    }
    this.problems = problems
  }

  /** Whether the value at this place could not be filled in, so that nothing else can be said of it. */
  isUnresolved(path: Path): boolean {
    const node = this.#nodeAt(path)
    return node !== null && this.#unresolved.has(node)
  }

  /** The variables a value was made from; empty when it stands in the file as it is. */
  variablesAt(path: Path): readonly string[] {
    const node = this.#nodeAt(path)
    const interpolation = node === null ? undefined : this.#interpolations.get(node)
    return interpolation?.values.map(({ variable }) => variable) ?? []
  }

  /** The problem stands at the value; with `atKey` at the key; where neither is written, at what surrounds it. */
  problem(path: Path, message: string, { atKey = false } = {}): ConfigProblem {
    return this.#problemAt(
      this.#offsetOf(path, atKey),
      this.#shownKey(path),
      maskValues(message, this.environmentValues),
    )
  }

  /** A word without a colon is most likely the rest of a value that a comma has cut off, and may be a secret. */
  #shownKey(path: Path): string {
    const above = path.slice(0, -1)
    const [map, key] = [this.#nodeAt(above), path.at(-1)]
    const pair = isMap(map) && key !== undefined ? this.#pairIn(map, String(key)) : undefined
    return pair?.value === null ? `${toKey(above)}.…` : toKey(path)
  }

  #problemAt(offset: number, key: string, message: string): ConfigProblem {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col), key, message }
  }

  #fillIn(env: NodeJS.ProcessEnv): ConfigProblem[] {
    const problems: ConfigProblem[] = []
    visit(this.#document, {
      Scalar: (role, node, ancestors) => {
        if (role === 'key' || typeof node.value !== 'string') return
        const interpolation = interpolate(node.value, env)
        if (interpolation === null) return
        node.value = interpolation.text
        this.#interpolations.set(node, interpolation)
        if (interpolation.problems.length > 0) this.#unresolved.add(node)
        const key = toKey(pathOf(node, ancestors))
        const offset = node.range?.[0] ?? 0
        problems.push(...interpolation.problems.map((text) => this.#problemAt(offset, key, text)))
      },
    })
    return problems
  }

  #doubledKeys(): ConfigProblem[] {
    const problems: ConfigProblem[] = []
    visit(this.#document, {
      Map: (_, map, ancestors) => {
        const seen = new Set<string>()
        for (const { key, value } of map.items) {
          if (!isScalar(key) || value === null) continue
          const name = String(key.value)
          if (seen.has(name)) {
            const path = [...pathOf(map, ancestors), name]
            const message = 'is written twice in the same mapping; keep one of the two'
            problems.push(this.#problemAt(key.range?.[0] ?? 0, toKey(path), message))
          }
          seen.add(name)
        }
      },
    })
    return problems
  }

  /** Aliases are followed only when the document is turned into values, and what they throw then knows no place. */
  #lostAliases(): ConfigProblem[] {
    const problems: ConfigProblem[] = []
    visit(this.#document, {
      Alias: (_, alias, ancestors) => {
        if (alias.resolve(this.#document) !== undefined) return
        const key = toKey(pathOf(alias, ancestors))
        problems.push(this.#problemAt(alias.range?.[0] ?? 0, key, lostAlias))
      },
    })
    return problems
  }

  #nodeAt(path: Path): Node | null {
    let node = this.#document.contents as Node | null
    for (const part of path) node = this.#step(node, part)
    return this.#target(node)
  }

  #step(node: Node | null, part: string | number): Node | null {
    const target = this.#target(node)
    if (isSeq(target)) return (target.items[Number(part)] as Node | undefined) ?? null
    if (!isMap(target)) return null
    const pair = this.#pairIn(target, String(part))
    return (pair?.value as Node | null | undefined) ?? null
  }

  #pairIn(map: YAMLMap, key: string): Pair | undefined {
    const own = map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key)
    if (own !== undefined) return own
    for (const pair of map.items) {
      if (!isMergeKey(pair.key)) continue
      const merged = this.#target(pair.value as Node | null)
      const sources = isSeq(merged) ? merged.items.map((item) => this.#target(item as Node)) : [merged]
      for (const source of sources) {
        const found = isMap(source) ? this.#pairIn(source, key) : undefined
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  #target(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(this.#document) ?? null) : node
  }

  #offsetOf(path: Path, atKey: boolean): number {
    const last = path.at(-1)
    const parent = this.#nodeAt(path.slice(0, -1))
    const pair = isMap(parent) && last !== undefined ? this.#pairIn(parent, String(last)) : undefined
    const key = pair?.key as Node | null | undefined
    const value = this.#nodeAt(path)
    const start = (atKey ? key?.range?.[0] : undefined) ?? value?.range?.[0] ?? key?.range?.[0]
    if (start !== undefined) return start
    return path.length === 0 ? 0 : this.#offsetOf(path.slice(0, -1), false)
  }
}

const lostAlias =
  'is not valid YAML: Unresolved alias; write its anchor (&name) above it, or put a text that begins with * into quotes'
const tooManyAliases = 'is not valid YAML: its aliases repeat each other too often; write it out plainly'

/** The parser may stand a symbol in its place. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol')
}

/** One slip makes the parser stumble several times. */
function firstOfEachLine(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.filter(({ line }, index) => problems.findIndex((other) => other.line === line) === index)
}
