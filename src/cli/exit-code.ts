/** What the commands tell the shell. */
export const exitCode = {
  ok: 0,
  /** Something is wrong with a registry, or the gateway could not run. */
  failure: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** Broken off by SIGHUP, SIGINT or SIGTERM, as shells count it. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
