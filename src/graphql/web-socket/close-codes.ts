/** With what a WebSocket is closed. Clients of graphql-ws come again after those that are not their own fault. */
export const closeCodes = {
  /** The gateway closes: go on elsewhere, with the last cursor. */
  closing: { code: 1012, reason: 'The gateway is closing: connect again, and go on with the last cursor' },
  /** Too much waited to be sent: go on with the last cursor. */
  slow: { code: 1013, reason: 'You read too slowly: connect again, and go on with the last cursor' },
  failed: {
    code: 1013,
    reason: 'The gateway cannot tell events now: connect again, and go on with the last cursor',
  },
  unauthenticated: { code: 4401, reason: 'The credential does not hold' },
  forbidden: { code: 4403, reason: 'Forbidden' },
  badMessage: { code: 4400, reason: 'The message is not one of graphql-transport-ws' },
  broken: { code: 4500, reason: 'Internal error' },
} as const
