import { expect, test } from 'vitest'
import { LineFullError, Places } from '../../../src/federation/registry/places.ts'

test('so many have a place at once, and the others one after the other as places are given back', async () => {
  const places = new Places(2)
  expect([places.take(), places.take()]).toEqual([null, null])
  const order: string[] = []
  const line = ['first', 'second'].map((who) => places.take()?.then(() => order.push(who)))
  await Promise.resolve()
  expect(order).toEqual([])
  places.giveBack()
  await line[0]
  expect(order).toEqual(['first'])
  places.giveBack()
  await line[1]
  expect(order).toEqual(['first', 'second'])
  places.giveBack()
  expect(places.take()).toBeNull()
  expect(places.take()).not.toBeNull()
})

test('nobody stands in a line that is too long', () => {
  const places = new Places(1)
  for (let count = 0; count < 10_001; count++) void places.take()
  expect(() => places.take()).toThrow(LineFullError)
  places.giveBack()
  expect(() => places.take()).not.toThrow()
})
