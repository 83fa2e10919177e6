import { maskTexts } from '../contract/index.ts'
import type {
  BrokenRegistryConfig,
  EnvironmentValue,
  GatewayConfig,
  RegistryConfig,
} from './gateway-config.ts'
import { maskValues } from './value-mask.ts'

const ownSecretKey = /password|token|secret|bearer|authorization|credential|api.?key/i
const secretKey = /auth|token|password|secret|credential|header|key/i

/** Keeps what came from the environment, and what stands under keys for secrets, out of a text. */
export function createMask(
  registry: RegistryConfig | BrokenRegistryConfig,
  environmentValues: readonly EnvironmentValue[],
): (text: string) => string {
  const written = registry.broken === null ? secretsIn(registry.options, false) : []
  return (text) => maskTexts(maskValues(text, environmentValues), written)
}

/** Everything of a configuration that no log may hold. A short value of the environment is a port, or a stage. */
export function secretsOf({ registries, auth, environmentValues }: GatewayConfig): string[] {
  const written = registries.flatMap((registry) =>
    registry.broken === null ? secretsIn(registry.options, false) : [],
  )
  const { clientSecret = '' } = auth?.login ?? {}
  return [
    ...written,
    clientSecret,
    ...environmentValues.map(({ value }) => value).filter((value) => value.length >= 8),
  ]
}

/** Texts whose own key says that they are secrets, and which no word of a message is by chance. */
export function findSecrets(options: unknown): string[] {
  if (options === null || typeof options !== 'object') return []
  return Object.entries(options).flatMap(([key, value]) => {
    if (typeof value !== 'string') return findSecrets(value)
    return ownSecretKey.test(key) && value.length >= 8 ? [value] : []
  })
}

function secretsIn(value: unknown, isSecret: boolean): string[] {
  if (typeof value === 'string') return isSecret && value.length >= 4 ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, child]) => secretsIn(child, isSecret || secretKey.test(key)))
}
