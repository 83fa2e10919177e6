import { defineTables } from '../table-room.ts'
import { createSettingMigration } from './0001-setting.ts'

export interface SettingTables {
  readonly setting: SettingRow
}

export interface SettingRow {
  key: string
  value: string
}

export const settingTables = defineTables<SettingTables>({
  '0001-setting': createSettingMigration,
})
