/** What everything but Azure ML itself answers. */
export interface PlainAnswer {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

export const jsonAnswer = (status: number, body: unknown): PlainAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})
