/** @import { RegistryDescription } from 'modelgate/adapter' */

/**
 * What a real registry can do often depends on its version, and is found out by asking.
 *
 * @type {RegistryDescription}
 */
export const description = {
  serverVersion: null,
  levels: {
    aliases: 'NATIVE',
    stages: 'NONE',
    runs: 'NONE',
    artifacts: 'NONE',
    compareAndSet: 'NATIVE',
    idempotency: 'NONE',
  },
  stages: [],
  integerVersions: true,
  naming: {
    modelName: { pattern: '^[^]{1,250}$', words: '1 to 250 characters' },
    alias: null,
    tagKey: null,
    tagValue: null,
    tagValueMaxLength: null,
    description: null,
  },
  pushedDownFilters: [],
  pushedDownOrders: ['name', 'model', 'version', 'createdAt', 'updatedAt'],
  notices: [],
}
