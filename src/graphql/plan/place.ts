import type { GraphQLResolveInfo } from 'graphql'
import type { FieldPlan } from './operation-plan.ts'
import { Unplanned } from './unplanned.ts'

export type Path = GraphQLResolveInfo['path']

/** Where in the answer something is; undefined: at its root. */
export type Place = Path | undefined | typeof flat

/** Somewhere within nothing but properties, which need not know where they are. */
export const flat = Symbol('flat')

/** @throws Unplanned */
export function pathOf({ key, parentType }: FieldPlan, prev: Place): Path {
  return { prev: prev === flat ? known(prev) : prev, key, typename: parentType.name }
}

export function itemOf(prev: Place, key: number): Place {
  return prev === flat ? flat : { prev, key, typename: undefined }
}

/** Of what is nothing but properties, one turns out to have to know where it is. @throws Unplanned */
export function known(path: Place): Path {
  if (path === flat || path === undefined) throw new Unplanned()
  return path
}
