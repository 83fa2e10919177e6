const exitCodes = `
Exit codes:
  0  all is well
  1  something is wrong with a registry, or the gateway could not run
  2  the command line or the configuration is wrong
`

const environment = `
Environment:
  MODELGATE_CONFIG  the configuration file, where --config is not given
  MODELGATE_TOKEN   what a command with --url says who it is by
  any other         as \${NAME} or \${NAME:-default} within the configuration
`

export const mainHelp = `
Examples:
  modelgate start                      with modelgate.yaml, or without any file
  modelgate start --port 8080 --empty
  modelgate check --config prod.yaml   is every registry reachable, and what can it do?
  modelgate copy models://dev/churn@champion models://prod/churn
  modelgate token create deploy        a credential for a program
  modelgate sync --full                read every registry into the catalog, now
  modelgate create-adapter acme        a project for a registry of your own
  modelgate conformance ./adapter.js   does a new adapter keep the contract?
  modelgate start --help               all options of a command
${environment}${exitCodes}`

export const startHelp = `
Without a configuration it starts with an embedded local registry for each of dev, staging and prod,
filled with a small sample fleet on the first start. SIGTERM and SIGINT let the requests in flight
finish; a second one ends at once. Text goes to stdout, the log (JSON lines) to stderr.

Examples:
  modelgate start
  modelgate start --config prod.yaml --port 8080
  modelgate start --host 0.0.0.0                    with auth in the configuration
  modelgate start --host 0.0.0.0 --unsafe-no-auth   only behind something that keeps strangers out
${environment}${exitCodes}`

export const checkHelp = `
Asks all registries at once, each within its timeoutMs. Prints no secret. With --probe it tries one of
them part by part, and changes nothing unless --write is given too.

Examples:
  modelgate check
  modelgate check --registry prod
  modelgate check --registry prod --probe
  modelgate check --json | jq '.registries[] | select(.ok | not)'
${environment}${exitCodes}`

export const copyHelp = `
Tags and description go along, aliases and stage do not; the copy remembers its origin. Within one
registry the files are shared. A copy that broke off leaves no version; the same idempotency key
finishes it.

Examples:
  modelgate copy models://dev/churn@champion models://prod/churn
  modelgate copy models://dev/churn/3 models://prod/churn --artifacts copy --tag approved_by=mia
  modelgate copy models://dev/churn/3 models://prod/churn --url https://models.example.com
${environment}${exitCodes}`

export const tokenHelp = `
A token goes to stdout, once; the gateway's database keeps its SHA-256 alone. They work beside a running
gateway at once, and in all that share its database. A program sends it as the header
"Authorization: Bearer mg_...", and never in an address.

Examples:
  modelgate token create deploy --groups fraud --expires 90d
  modelgate token create ci --json | jq -r .token
  modelgate token list
  modelgate token revoke deploy
${environment}${exitCodes}`

export const syncHelp = `
A running gateway does this by itself; the command may run beside it, on the same database. One process
at a time syncs a registry: another one is waited for. What a registry could not give stays as it was;
a sync that was broken off is gone on with by the next one.

Examples:
  modelgate sync
  modelgate sync --registry prod --full
  modelgate sync --json | jq '.registries[] | select(.ok | not)'
${environment}${exitCodes}`

export const createAdapterHelp = `
Makes a folder NAME with an adapter that works and passes the conformance kit, and the gateway's own
version of modelgate among its packages. Nothing that is there is touched.

Examples:
  modelgate create-adapter acme && cd acme && npm install && npm test
${environment}${exitCodes}`

export const conformanceHelp = `
It connects the adapter as the gateway would, fills the registry with models whose names begin with a
prefix of their own, runs the checks, and takes the models out again. A failed MUST is a failure, and
so are an adapter that does not close, an error nobody could catch, and a run that tried nothing.
The module may export "conformance" to say how the backend is filled and what deviates on purpose;
without it, the adapter's own writes fill it.

Examples:
  modelgate conformance ./adapter.js --config options.yaml
  modelgate conformance mlflow --config options.yaml --effort quick
  modelgate conformance --registry dev --only MG-PAGE,MG-WALIAS-003
  modelgate conformance ./adapter.js --timeout 5   do not wait a minute for what hangs
  modelgate conformance --list --only MG-PAGE
${environment}${exitCodes}`
