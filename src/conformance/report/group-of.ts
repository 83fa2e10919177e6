/** `MG-PAGE` of `MG-PAGE-001`. */
export function groupOf(id: string): string {
  return id.replace(/-\d+$/, '')
}
