/** Of a run that a transfer made: the transfer's id. */
export const transferTag = 'modelgate.transfer'
/** What its files are a copy of. */
export const originTag = 'modelgate.origin'
/** The run whose params and metrics it has. */
export const originalRunTag = 'modelgate.origin_run'
