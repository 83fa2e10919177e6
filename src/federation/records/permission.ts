import type { GrantKey } from '../../stores/grant-store.ts'

/** What one may do on a model, from nothing to everything; each level holds those before it. */
export const permissionLevels = ['NO_PERMISSIONS', 'READ', 'EDIT', 'MANAGE'] as const

export type PermissionLevel = (typeof permissionLevels)[number]

export interface Grant extends GrantKey {
  readonly permission: PermissionLevel
}

export function reaches(level: PermissionLevel, needed: PermissionLevel): boolean {
  return permissionLevels.indexOf(level) >= permissionLevels.indexOf(needed)
}

export function lowest(levels: readonly PermissionLevel[]): PermissionLevel {
  return levels.reduce((low, level) => (reaches(level, low) ? low : level), 'MANAGE')
}

export function highest(levels: readonly PermissionLevel[]): PermissionLevel {
  return levels.reduce((high, level) => (reaches(high, level) ? high : level), 'NO_PERMISSIONS')
}
