import type { BrokenRegistryConfig, EnvironmentValue, RegistryConfig } from '../config/index.ts'
import { maskValues } from '../config/value-mask.ts'

const secretKey = /auth|token|password|secret|credential|header|key/i

/** Keeps what came from the environment, and what stands under keys for secrets, out of a text. */
export function createMask(
  registry: RegistryConfig | BrokenRegistryConfig,
  environmentValues: readonly EnvironmentValue[],
): (text: string) => string {
  const written = registry.broken === null ? findSecrets(registry.options) : []
  return (text) =>
    written.reduce((masked, secret) => masked.replaceAll(secret, '***'), maskValues(text, environmentValues))
}

/** Texts under keys for secrets, such as `auth` and `apiToken`. */
function findSecrets(options: unknown): string[] {
  return secretsIn(options, false)
}

function secretsIn(value: unknown, isSecret: boolean): string[] {
  if (typeof value === 'string') return isSecret && value.length >= 4 ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) => secretsIn(child, isSecret || secretKey.test(key)))
}
