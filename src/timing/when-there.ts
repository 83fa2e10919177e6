/** Goes on with what somebody may have to be waited for, at once where it is there: a promise is as much work as a call. */
export function whenThere<T, R>(value: T | Promise<T>, next: (value: T) => Promise<R>): Promise<R>
export function whenThere<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R>
export function whenThere<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
