import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../src/contract/index.ts'

/** As MLflow 3 writes it. */
export function toWireModel({ name, description, tags, aliases, createdAt, updatedAt }: ModelRecord): object {
  return {
    name,
    description: description ?? '',
    tags,
    aliases: aliases.map((alias) => ({ alias: alias.name, version: alias.version })),
    latest_versions: [],
    creation_timestamp: createdAt?.getTime(),
    last_updated_timestamp: updatedAt?.getTime(),
  }
}

export function toWireVersion(record: ModelVersionRecord): object {
  return {
    name: record.modelName,
    version: record.version,
    description: record.description ?? '',
    tags: record.tags,
    current_stage: record.stage ?? 'None',
    source: record.source,
    run_id: record.runId,
    run_link: '',
    status: record.status,
    creation_timestamp: record.createdAt?.getTime(),
    last_updated_timestamp: record.updatedAt?.getTime(),
  }
}

export function toWireRun({ runId, name, status, startedAt, endedAt, metrics, params }: RunRecord): object {
  return {
    info: {
      run_id: runId,
      run_uuid: runId,
      run_name: name,
      experiment_id: '1',
      status,
      start_time: startedAt?.getTime(),
      end_time: endedAt?.getTime(),
      artifact_uri: `s3://runs/${runId}`,
      lifecycle_stage: 'active',
    },
    data: {
      metrics: metrics.map((metric) => ({ ...metric, timestamp: endedAt?.getTime() })),
      params,
      tags: [{ key: 'mlflow.runName', value: name }],
    },
    inputs: {},
  }
}
