export { runCommandLine } from './command-line.ts'
export type * from './command-tools.ts'
