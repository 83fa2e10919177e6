interface TokenPage {
  readonly NextToken?: string | undefined
}

/** Pages of AWS are read to the end, one after the other: each needs the token of the one before. */
export async function everyPage<Page extends TokenPage, Row>(
  ask: (token: { NextToken?: string }) => Promise<Page>,
  rowsOf: (page: Page) => readonly Row[] | undefined,
): Promise<Row[]> {
  const rows: Row[] = []
  let token: string | undefined
  do {
    const page = await ask(token === undefined ? {} : { NextToken: token })
    rows.push(...(rowsOf(page) ?? []))
    token = page.NextToken || undefined
  } while (token !== undefined)
  return rows
}
