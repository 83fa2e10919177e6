/** JSON has its own escapes for the first thirty-two only. */
const leftByJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** JSON for programs, which may come by a terminal all the same, with the words of registries and plug-ins in it. */
export function toJson(value: unknown): string {
  return `${escapeAll(JSON.stringify(value, null, 2))}\n`
}

/** In JSON, what a terminal would act on: the same text to whoever reads it. */
export function escapeAll(json: string): string {
  return json.replace(leftByJson, toEscape)
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
