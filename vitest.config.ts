import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __VERSION__: JSON.stringify('0.0.0-test'), __BUILT_AT__: '0' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{main,shared,scripts,test}/**/*.test.ts'],
          testTimeout: 15_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          include: ['renderer/**/*.test.ts'],
          setupFiles: ['renderer/i18n/english.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.spec.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // A page is waited for as long as Playwright does, not for the second that is usual.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
