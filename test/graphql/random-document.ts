import fc, { type GeneratorValue } from 'fast-check'
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { randomInput, toLiteral } from './random-input.ts'

export interface RandomDocument {
  readonly text: string
  readonly variables: Record<string, unknown>
}

/** Of Object.prototype, beside harmless ones. */
const variableNames = ['valueOf', 'toString', 'constructor', '__proto__', 'hasOwnProperty', 'n', 'm', 'k']

interface Variable {
  readonly definition: string
  readonly given: [string, unknown] | null
}

/** Writes documents that a schema allows, with all that a document can say of how much it asks for. */
export class DocumentWriter {
  readonly #schema: GraphQLSchema
  readonly #random: GeneratorValue
  readonly #variables = new Map<string, Variable>()
  readonly #fragments: string[] = []
  #aliases = 0

  constructor(schema: GraphQLSchema, random: GeneratorValue) {
    this.#schema = schema
    this.#random = random
  }

  write(): RandomDocument {
    const query = this.#schema.getQueryType()
    if (!query) throw new Error('The schema has no queries.')
    const selections = this.#selections(query, 5)
    const variables = [...this.#variables.values()]
    const definitions = variables.map(({ definition }) => definition).join(', ')
    // As a client's would be that were read from JSON: `__proto__` is a name like any other.
    const given = JSON.stringify(
      Object.fromEntries(variables.flatMap((each) => (each.given ? [each.given] : []))),
    )
    return {
      text: `query ${definitions ? `(${definitions})` : ''} ${selections} ${this.#fragments.join(' ')}`,
      variables: JSON.parse(given),
    }
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#random(fc.nat, values.length - 1)] as T
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const parts = ['__typename']
    const count = this.#random(fc.integer, { min: 1, max: 3 })
    for (let part = 0; part < count; part++) parts.push(this.#selection(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const kind = this.#pick(['field', 'field', 'field', 'inline', 'named'] as const)
    if (kind === 'field' || depth === 0) return this.#field(type, depth)
    const possible = isObjectType(type) ? [type] : this.#schema.getPossibleTypes(type)
    const condition = this.#pick(possible)
    if (kind === 'inline') {
      const on = this.#pick([`on ${condition.name}`, condition === type ? '' : `on ${condition.name}`])
      return `... ${on} ${this.#condition()} ${this.#selections(condition, depth - 1)}`
    }
    const name = `F${this.#fragments.length}`
    this.#fragments.push('')
    const index = this.#fragments.length - 1
    this.#fragments[index] = `fragment ${name} on ${condition.name} ${this.#selections(condition, depth - 1)}`
    return `...${name} ${this.#condition()} ...${name}`
  }

  #field(type: GraphQLCompositeType, depth: number): string {
    if (!('getFields' in type)) return '__typename'
    const fields = Object.values(type.getFields())
    const composite = fields.filter((field) => isCompositeType(getNamedType(field.type)))
    const field = this.#pick(depth > 0 && composite.length > 0 ? composite : fields)
    const inner = getNamedType(field.type)
    const alias = `a${this.#aliases++}`
    const head = `${alias}: ${field.name} ${this.#arguments(field)} ${this.#condition()}`
    return isCompositeType(inner)
      ? `${head} ${depth > 0 ? this.#selections(inner, depth - 1) : '{ __typename }'}`
      : head
  }

  #condition(): string {
    const directive = this.#pick(['', '', '', 'include', 'skip'])
    return directive === '' ? '' : `@${directive}(if: ${this.#truth()})`
  }

  /** Where a variable has a default, null may be given for it, and fails. */
  #truth(): string {
    const name = variableNames.find((each) => !this.#variables.has(each))
    const how = this.#pick(['literal', 'literal', 'required', 'default'])
    if (name === undefined || how === 'literal') return this.#pick(['true', 'false'])
    if (how === 'required') {
      this.#variables.set(name, {
        definition: `$${name}: Boolean!`,
        given: [name, this.#pick([true, false])],
      })
    } else {
      const value = this.#pick([true, false, null, undefined])
      const definition = `$${name}: Boolean = ${this.#pick(['true', 'false'])}`
      this.#variables.set(name, { definition, given: value === undefined ? null : [name, value] })
    }
    return `$${name}`
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.flatMap(({ name, type }) => {
      if (name === 'first')
        return this.#maybe(name, 'Int', () => this.#random(fc.integer, { min: 1, max: 4 }))
      if (name === 'ids') return [`${name}: ${this.#value('[ID!]!', () => this.#names())}`]
      if (name === 'keys') return this.#maybe(name, '[String!]', () => this.#names())
      if (!isNonNullType(type) && this.#random(fc.nat, 3) > 0) return []
      return [`${name}: ${this.#anything(type)}`]
    })
    return given.length > 0 ? `(${given.join(', ')})` : ''
  }

  #names(): string[] {
    return 'abcdefghijkl'.split('').slice(0, this.#random(fc.nat, 12))
  }

  #maybe(name: string, type: string, value: () => unknown): string[] {
    const how = this.#pick(['left out', 'null', 'given', 'given'])
    if (how === 'left out') return []
    return [how === 'null' ? `${name}: null` : `${name}: ${this.#value(type, value)}`]
  }

  #anything(type: GraphQLInputType): string {
    const value = randomInput(this.#random, type)
    const name = variableNames.find((each) => !this.#variables.has(each))
    if (name === undefined || this.#random(fc.nat, 1) === 0) return toLiteral(value, type)
    this.#variables.set(name, { definition: `$${name}: ${type}`, given: [name, value] })
    return `$${name}`
  }

  /** Written out, or a variable that is given, null, absent, with a default or without. */
  #value(type: string, value: () => unknown): string {
    const free = variableNames.filter((name) => !this.#variables.has(name))
    if (free.length === 0 || this.#pick([true, false])) return JSON.stringify(value())
    const name = this.#pick(free)
    const isRequired = type.endsWith('!')
    const how = this.#pick(isRequired ? ['given', 'default'] : ['given', 'null', 'absent', 'default', 'both'])
    const hasDefault = how === 'default' || how === 'both'
    const definition = `$${name}: ${type}${hasDefault ? ` = ${JSON.stringify(value())}` : ''}`
    const given: [string, unknown] | null =
      how === 'given' || how === 'both' ? [name, value()] : how === 'null' ? [name, null] : null
    this.#variables.set(name, { definition, given })
    return `$${name}`
  }
}
