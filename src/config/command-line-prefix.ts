/** Of people who act on the gateway's own machine; no issuer may give such names. */
export const commandLinePrefix = 'cli:'
