export * from './config-error.ts'
export * from './gateway-config.ts'
export { type LoadConfigOptions, loadConfig } from './load-config.ts'
export { secretsOf } from './secret-mask.ts'
