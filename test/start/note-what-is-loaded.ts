import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** Preloaded: writes at the end which modules were loaded and how many threads were started. */
const modules: string[] = []
let threads = 0
registerHooks({
  load(url, context, next) {
    modules.push(url)
    return next(url, context)
  },
})
process.on('worker', () => threads++)
process.on('exit', () =>
  writeFileSync(process.env.WHAT_IS_LOADED ?? '', JSON.stringify({ modules, threads })),
)
