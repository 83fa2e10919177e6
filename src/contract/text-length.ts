/** What the length of a text is counted in: UTF-16 code units, Unicode code points, or bytes of UTF-8. */
export type TextUnit = 'utf16' | 'codePoint' | 'utf8'

/** How long a text is as a backend counts that counts in this unit. */
export function textLength(text: string, unit: TextUnit = 'utf16'): number {
  switch (unit) {
    case 'utf16':
      return text.length
    case 'codePoint':
      return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
    case 'utf8':
      return new TextEncoder().encode(text).length
  }
}
