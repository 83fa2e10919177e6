/** What one may do on a model, from nothing to everything; each level holds those before it. */
export const permissionLevels = ['NO_PERMISSIONS', 'READ', 'EDIT', 'MANAGE'] as const

export type PermissionLevel = (typeof permissionLevels)[number]

export interface Grant {
  /** A registry's name, or `*` for all. */
  readonly registry: string
  /** A model's name, or a pattern: `*` stands for any text, `\*` for itself. */
  readonly model: string
  /** `user:NAME`, `group:NAME` or `token:NAME`. */
  readonly principal: string
  readonly permission: PermissionLevel
}

/** What one grant is told from another by. */
export type GrantKey = Omit<Grant, 'permission'>

export function reaches(level: PermissionLevel, needed: PermissionLevel): boolean {
  return permissionLevels.indexOf(level) >= permissionLevels.indexOf(needed)
}

export function lowest(levels: readonly PermissionLevel[]): PermissionLevel {
  return levels.reduce((low, level) => (reaches(level, low) ? low : level), 'MANAGE')
}

export function highest(levels: readonly PermissionLevel[]): PermissionLevel {
  return levels.reduce((high, level) => (reaches(high, level) ? high : level), 'NO_PERMISSIONS')
}
