interface Page {
  readonly NextToken?: string | undefined
}

/** Pages of AWS are read to the end, one after the other: each needs the token of the one before. */
export async function everyPage<P extends Page, Row>(
  ask: (token: Page) => Promise<P>,
  rowsOf: (page: P) => readonly Row[],
): Promise<Row[]> {
  const rows: Row[] = []
  let NextToken: string | undefined
  do {
    const page = await ask({ NextToken })
    rows.push(...rowsOf(page))
    NextToken = page.NextToken || undefined
  } while (NextToken)
  return rows
}
