import { describe, expect, it } from 'vitest'
import { createStageTags } from '../../../src/adapters/azure-ml/reads/stage-tags.ts'
import { stagesSchema } from '../../../src/adapters/azure-ml/stages-config.ts'

const by = (config: unknown) => createStageTags(stagesSchema.parse(config))

describe('stages by value', () => {
  const stages = by({ encoding: 'value' })

  it.each([
    [{}, null, 'None'],
    [{ stage: 'Staging' }, null, 'Staging'],
    [{ stage: 'PRODUCTION' }, null, 'Production'],
    [{ stage: '' }, null, 'None'],
    [{ stage: null }, 'Staging', 'Staging'],
    [{ stage: 'Staging' }, 'Production', 'Staging'],
    [{}, 'production', 'Production'],
    [{ stage: 'Canary' }, null, 'Canary'],
    [{ stage: 'unregistered' }, null, 'Unregistered'],
    [{ stage: 'Staging' }, 'Unregistered', 'Unregistered'],
    [{ Stage: 'Staging' }, null, 'None'],
  ])('%j with the field %j is %s', (tags, property, stage) => {
    expect(stages.read(tags, property)).toBe(stage)
  })

  it('are written into their tag, beside all others', () => {
    expect(stages.write({ team: 'fraud', stage: 'None' }, 'Staging')).toEqual({
      team: 'fraud',
      stage: 'Staging',
    })
  })

  it('may be others, under another key', () => {
    const own = by({ encoding: 'value', tag: 'phase', names: ['Canary', 'Live'], exclusive: ['Live'] })
    expect(own.names).toEqual(['None', 'Canary', 'Live', 'Archived'])
    expect(own.exclusive).toEqual(['Live'])
    expect(own.read({ phase: 'live', stage: 'Production' }, null)).toBe('Live')
    expect([own.isOwn('phase'), own.isOwn('stage')]).toEqual([true, false])
  })
})

describe('stages by keys', () => {
  const stages = by({ encoding: 'keys' })

  it.each([
    [{}, null, 'None'],
    [{ none: '' }, null, 'None'],
    [{ none: '', staging: '' }, null, 'Staging'],
    [{ prod: null, none: '', staging: 'x' }, null, 'Production'],
    [{ archived: '', prod: '' }, null, 'Archived'],
    [{ approval: 'prod-approved' }, null, 'None'],
    [{}, 'Staging', 'Staging'],
    [{ none: '' }, 'Staging', 'None'],
    [{ unregistered: '' }, null, 'Unregistered'],
    [{ unregistered: '', none: '' }, null, 'None'],
  ])('%j with the field %j is %s', (tags, property, stage) => {
    expect(stages.read(tags, property)).toBe(stage)
  })

  it('pile up on the way up, as the pipeline of the sample leaves them', () => {
    const registered = stages.write({ team: 'fraud' }, 'None')
    expect(registered).toEqual({ team: 'fraud', none: '' })
    const staged = stages.write(registered, 'Staging')
    expect(staged).toEqual({ team: 'fraud', none: '', staging: '', approval: 'staging-approved' })
    const live = stages.write(staged, 'Production')
    expect(live).toEqual({ team: 'fraud', none: '', staging: '', prod: '', approval: 'prod-approved' })
    expect(stages.write(live, 'Archived')).toEqual({ ...live, archived: '' })
  })

  it('are taken away on the way down', () => {
    const archived = {
      team: 'fraud',
      none: 'x',
      staging: '',
      prod: '',
      archived: '',
      approval: 'prod-approved',
    }
    expect(stages.write(archived, 'Staging')).toEqual({
      team: 'fraud',
      none: 'x',
      staging: '',
      approval: 'staging-approved',
    })
    expect(stages.write(archived, 'None')).toEqual({ team: 'fraud', none: 'x' })
  })

  it('leave the approval to others where none is configured', () => {
    const own = by({ encoding: 'keys', approval: null })
    expect(own.write({ approval: 'by hand' }, 'Staging')).toEqual({ approval: 'by hand', staging: '' })
    expect(own.isOwn('approval')).toBe(false)
  })

  it('need no key for None', () => {
    const own = by({ encoding: 'keys', keys: { dev: 'Dev', live: 'Live' } })
    expect(own.names).toEqual(['None', 'Dev', 'Live', 'Archived'])
    expect(own.write({ dev: '', live: '', a: 'b' }, 'None')).toEqual({ a: 'b' })
    expect(own.exclusive).toEqual([])
  })
})

describe('a configuration of stages', () => {
  it.each([
    [{ encoding: 'keys', keys: { a: 'Staging', b: 'Staging' } }, 'has two keys for one stage'],
    [
      { encoding: 'value', names: ['Live', 'live'] },
      'has a stage twice; they are found without regard to case',
    ],
    [
      { encoding: 'value', exclusive: ['Live'] },
      'says that a stage is exclusive which is not among the stages',
    ],
    [
      { encoding: 'value', exclusive: ['Archived'] },
      'says that Archived is exclusive, which any number of versions may be in',
    ],
    [
      { encoding: 'value', names: ['unregistered'] },
      'Unregistered is a stage that only Azure gives; leave it out',
    ],
  ])('%j %s', (config, message) => {
    expect(stagesSchema.safeParse(config).error?.issues.map((issue) => issue.message)).toEqual([message])
  })
})
