/** Writes config-schema.json, which editors check modelgate.yaml by. To be run after a change of a configuration key. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtInAdapters } from '../src/gateway/connect-registry.ts'
import { createConfigJsonSchema } from './config-json-schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const schema = createConfigJsonSchema(builtInAdapters)
writeFileSync(`${root}config-schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
execFileSync(`${root}node_modules/.bin/biome`, ['format', '--write', 'config-schema.json'], { cwd: root })
