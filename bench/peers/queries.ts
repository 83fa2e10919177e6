const version = 'version description createdAt tags { key value }'
const model = `name description tags { key value } aliases { name versionNumber } latestVersion { ${version} }`

/** The peers' four questions in modelgate's own schema. */
export const queries = {
  q1: `query Page { registries { name models(first: 50) { nodes { ${model} } } } }`,
  q2: `query Versions { registries { name models(first: 50) { nodes { name aliases { name versionNumber }
    versions(first: 50) { nodes { version description createdAt runId source tags { key value } } } } } } }`,
  q3: `query Resolve { ${['dev', 'staging', 'prod']
    .map(
      (
        registry,
      ) => `${registry}: resolveModelUri(registry: "${registry}", uri: "models:/fraud-classification-0000@champion") {
        modelName version source runId tags { key value } aliases { name } }`,
    )
    .join(' ')} }`,
  q4: `query ByTag { registries { name models(first: 50, where: { and: [
    { tag: { key: "team", value: { eq: "fraud" } } }, { tag: { key: "tier", value: { eq: "0" } } }] }) { nodes { ${model} } } } }`,
}
