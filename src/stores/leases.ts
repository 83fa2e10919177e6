/** Keeps writers apart, in this process and in others that share the gateway's database. */
export interface Leases {
  run<T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>): Promise<T>
}
