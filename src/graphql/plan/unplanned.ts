/**
 * Something went as no plan takes it: a null where none may be, a value that its type does not take. Queries change
 * nothing, so graphql-js does it again, and says what there is to say about it.
 */
export class Unplanned extends Error {
  constructor(cause?: unknown) {
    super('What came of a query is not in its plan.', { cause })
    this.name = 'Unplanned'
  }
}
