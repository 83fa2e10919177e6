/** The caller's arguments are wrong: BAD_USER_INPUT. `field` names the argument. */
export class InputError extends Error {
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.name = 'InputError'
    this.field = field
  }
}
