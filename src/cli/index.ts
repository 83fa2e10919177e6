export { ignoreClosedPipe } from './closed-pipe.ts'
export { runCommandLine } from './command-line.ts'
export type * from './command-tools.ts'
export { endProcess } from './end-process.ts'
