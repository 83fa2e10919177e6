#!/usr/bin/env node
// `npm create modelgate-adapter NAME` is `modelgate create-adapter NAME` of the modelgate that comes with it.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const manifest = createRequire(import.meta.url).resolve('modelgate/package.json')
process.argv.splice(2, 0, 'create-adapter')
await import(pathToFileURL(join(dirname(manifest), 'bin/modelgate.js')).href)
