/** What somebody has answered, or written down: of whatever shape the question has, so tests look into it as they please. */
// biome-ignore lint/suspicious/noExplicitAny: a type for each shape would say again what the test is about to say.
export type AnyJson = any
