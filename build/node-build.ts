import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';
import packageJson from '../package.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packages = Object.keys({ ...packageJson.dependencies, ...packageJson.optionalDependencies });

export const fromRoot = (...path: string[]): string => join(root, ...path);

/**
 * A host and its workers as ES modules; packages stay outside, sources come in.
 * @param entry the host's own file
 * @param outDir below the project's folder
 * @param external what the host's runtime brings along, beside Node's own modules
 */
export function nodeHost(entry: string, outDir: string, external: string[] = []): UserConfig {
  return {
    root,
    ssr: { noExternal: true },
    define: {
      __VERSION__: JSON.stringify(packageJson.version),
      __BUILT_AT__: JSON.stringify(Date.now()),
    },
    build: {
      ssr: true,
      outDir: fromRoot(outDir),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: fromRoot(entry),
          'media-worker': fromRoot('main/media/media-worker.ts'),
          'draw-worker': fromRoot('main/sandbox/replicate/drawing/draw-worker.ts'),
          'report-worker': fromRoot('main/reports/report-worker.ts'),
          'backup-worker': fromRoot('main/store/backup-worker.ts'),
        },
        external: [
          ...external,
          ...builtinModules,
          ...builtinModules.map((name) => `node:${name}`),
          ...packages.flatMap((name) => [name, new RegExp(`^${name}/`)]),
        ],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}
