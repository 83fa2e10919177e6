import type { NamingRules, RegistryDescription } from '../../contract/index.ts'
import type { AzureConfig } from './config.ts'
import { pushedDownFilters } from './reads/filter.ts'
import type { AzureRegistry } from './registry.ts'
import type { StagesConfig } from './stages-config.ts'

/** Of a place that has answered: Azure says nothing of itself that the configuration does not. */
export function describeRegistry(
  { apiVersion, stages, workspace }: AzureConfig,
  registry: AzureRegistry,
): RegistryDescription {
  return {
    serverVersion: `api-version ${apiVersion}`,
    levels: {
      aliases: 'EMULATED',
      stages: 'EMULATED',
      runs: workspace === undefined ? 'NONE' : 'NATIVE',
      artifacts: 'NONE',
      compareAndSet: 'NONE',
      idempotency: 'NONE',
    },
    stages: registry.stages.names,
    integerVersions: false,
    naming: namingRules(stages),
    pushedDownFilters,
    pushedDownOrders: [
      'name',
      'createdAt (models)',
      'updatedAt (models)',
      'model',
      'version (of named models)',
    ],
    notices: [
      'Azure ML replaces tags as a whole and knows no compare-and-set: another program that writes to the same model in the same moment can undo a change.',
      ...(workspace === undefined
        ? [
            "Writes to an organisation's registry take as long as Azure's operations do: timeoutMs should be 60000 or more.",
          ]
        : ['Metrics of runs are not to be had through Azure Resource Manager.']),
    ],
  }
}

/** The lengths of keys and values are those that Azure documents for runs; for models it documents none. */
function namingRules(stages: StagesConfig): NamingRules {
  const own =
    stages.encoding === 'value' ? [stages.tag] : [...stages.keys.keys(), 'unregistered', stages.approval]
  const reserved = own.filter((key) => key !== null)
  return {
    modelName: {
      pattern: '^[A-Za-z0-9][A-Za-z0-9_\\-]{0,254}$',
      words: '1 to 255 letters, digits, "_" and "-" of ASCII, of which the first is a letter or a digit',
    },
    alias: {
      pattern: '^(?![lL][aA][tT][eE][sS][tT]$)(?![vV]\\p{Nd}+$)[\\p{L}\\p{N}_\\-]{1,255}$',
      words: '1 to 255 letters, digits, "_" and "-"; neither "latest" nor "v" and digits',
    },
    tagKey: {
      pattern: `^(?!alias\\.)(?!(?:${reserved.map(escapePattern).join('|')})$)[^\\0\\p{Cs}]{1,100}$`,
      words: `1 to 100 characters, and none of the gateway's own: what begins with "alias.", and ${reserved.map((key) => `"${key}"`).join(', ')}, which stand for aliases and stages`,
    },
    tagValue: null,
    tagValueMaxLength: 1000,
    description: null,
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
