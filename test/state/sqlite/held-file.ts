import { DatabaseSync } from 'node:sqlite'

/** Another program that holds the write lock of a file until it lets go. */
export function holdWriteLock(url: string): { letGo(): void } {
  const holder = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 1000 })
  holder.exec('begin immediate')
  return {
    letGo() {
      holder.exec('rollback')
      holder.close()
    },
  }
}
