import { createHash } from 'node:crypto'
import type { NewRun } from '../store/run-writes.ts'
import type { ModelPlan } from './fleet-plan.ts'

const minute = 60_000

/** The training that a version of the plan came from. The same on every machine but for the time. */
export function createSampleRun(plan: ModelPlan, number: number, finishedAt: number): NewRun {
  const [key, first, last] = plan.metric
  const progress = plan.versions === 1 ? 1 : (number - 1) / (plan.versions - 1)
  const minutes = 12 + ((number * 7) % 30)
  return {
    runId: hash(`${plan.name} ${number}`).slice(0, 32),
    name: `${plan.experiment}-${String(number).padStart(2, '0')}`,
    status: 'FINISHED',
    startedAt: new Date(finishedAt - minutes * minute),
    endedAt: new Date(finishedAt),
    metrics: [
      { key, value: round(first + (last - first) * progress), step: 100 },
      ...Object.entries(plan.otherMetrics).map(([other, best]) => ({
        key: other,
        value: round(best * (0.94 + 0.06 * progress)),
        step: 100,
      })),
    ],
    params: Object.entries(plan.params).map(([param, values]) => ({
      key: param,
      value: values[Math.min(number, values.length) - 1] ?? '',
    })),
  }
}

export function createSampleDigest(plan: ModelPlan, number: number): string {
  return `sha256:${hash(`files of ${plan.name} ${number}`)}`
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}
