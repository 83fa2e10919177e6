import type { Output } from './command-tools.ts'

const eraseLine = '\r\u001b[K'

/** One line that renews itself, for a person who is watching. */
export function createStatusLine(output: Output, isQuiet: boolean) {
  const isShown = output.isTTY === true && !isQuiet
  return {
    show(text: string): void {
      if (isShown) output.write(`${eraseLine}${text}`)
    },
    clear(): void {
      if (isShown) output.write(eraseLine)
    },
  }
}
