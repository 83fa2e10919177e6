/** What is more than allowed, whatever it is. */
const tooMuch = 100

/**
 * How many letters have to be put in, left out, exchanged, or swapped with their neighbour to make the one word of the
 * other (Damerau). The first letter counts twice: who searches seldom mistypes it.
 *
 * @param asBeginning whether it is enough that the wanted word begins so: the least of all its beginnings counts.
 */
export function editDistance(given: string, wanted: string, most: number, asBeginning = false): number {
  const from = [...given]
  const to = [...wanted]
  if (from.length - to.length > most) return tooMuch
  if (!asBeginning && to.length - from.length > most) return tooMuch
  let before: number[] = []
  let above = to.map((_, column) => (column === 0 ? 2 : column + 2))
  above.unshift(0)
  for (let row = 1; row <= from.length; row++) {
    const line = [row === 1 ? 2 : row + 1]
    let least = line[0] ?? tooMuch
    for (let column = 1; column <= to.length; column++) {
      const cost = costAt({ from, to, before, above, line }, row, column)
      line.push(cost)
      if (cost < least) least = cost
    }
    if (least > most) return tooMuch
    before = above
    above = line
  }
  return asBeginning ? Math.min(...above) : (above[to.length] ?? tooMuch)
}

interface Table {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The line before the one above. */
  readonly before: readonly number[]
  readonly above: readonly number[]
  readonly line: readonly number[]
}

function costAt({ from, to, before, above, line }: Table, row: number, column: number): number {
  const letter = from[row - 1]
  const other = to[column - 1]
  const step = row === 1 || column === 1 ? 2 : 1
  const exchanged = (above[column - 1] ?? tooMuch) + (letter === other ? 0 : step)
  const leftOut = (above[column] ?? tooMuch) + (row === 1 ? 2 : 1)
  const putIn = (line[column - 1] ?? tooMuch) + (column === 1 ? 2 : 1)
  const least = Math.min(exchanged, leftOut, putIn)
  const isSwapped = row > 1 && column > 1 && letter === to[column - 2] && from[row - 2] === other
  if (!isSwapped) return least
  return Math.min(least, (before[column - 2] ?? tooMuch) + (row === 2 || column === 2 ? 2 : 1))
}

/** How many mistakes a word may have: short ones would become any other. */
export function mistakesAllowed(word: string): number {
  const letters = [...word].length
  if (letters <= 4) return 0
  return letters <= 8 ? 1 : 2
}
