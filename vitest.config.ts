import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.backends.test.ts'],
        },
      },
      {
        test: {
          name: 'backends',
          include: ['test/**/*.backends.test.ts'],
          globalSetup: ['test/environment/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
