/** What the version of a probe is made from when nobody says it. */
export const probeSource = 's3://modelgate-probe/nothing-is-here'
