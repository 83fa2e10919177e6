import { type Outcome, RegistryError } from '../../../src/contract/index.ts'
import { createEchoedAdapter, goodRowManners, type RowManners } from '../echoed-adapter.ts'
import { unspoilt, type WrongReader } from './wrong-reader.ts'

function refuseAll(rows: readonly Outcome<unknown>[]): void {
  const error = rows.find((row) => RegistryError.is(row))
  if (error !== undefined) throw error
}

function takesRows(wrong: string, fails: readonly string[], manners: Partial<RowManners>): WrongReader {
  return {
    wrong,
    fails,
    spoil: unspoilt,
    connectRows: (adapter, url) => createEchoedAdapter(adapter, url, manners),
  }
}

export const wrongWithSpoiltRows: readonly WrongReader[] = [
  takesRows('throws a whole page away for one row that it cannot read', ['MG-ROW-001', 'MG-ROW-002'], {
    ofPage(page, rows) {
      refuseAll(rows)
      return goodRowManners.ofPage(page, rows)
    },
  }),
  takesRows('leaves out rows that it cannot read, and does not say so', ['MG-ROW-002', 'MG-ROW-001'], {
    ofPage: (page, rows) => ({ ...goodRowManners.ofPage(page, rows), flaw: null }),
  }),
  takesRows(
    'fails a whole batch for one row that it cannot read',
    ['MG-ROW-005', 'MG-ROW-003', 'MG-ROW-004'],
    {
      ofBatch(rows) {
        refuseAll(rows)
        return rows
      },
    },
  ),
]
