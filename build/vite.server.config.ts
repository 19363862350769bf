import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import packageJson from '../package.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packages = Object.keys({ ...packageJson.dependencies, ...packageJson.optionalDependencies });

/** The server host and its workers as ES modules; packages stay outside, sources come in. */
export default defineConfig({
  root,
  ssr: { noExternal: true },
  define: {
    __VERSION__: JSON.stringify(packageJson.version),
    __BUILT_AT__: JSON.stringify(Date.now()),
  },
  build: {
    ssr: true,
    outDir: join(root, 'out', 'server'),
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        index: join(root, 'main', 'server', 'index.ts'),
        'images-worker': join(root, 'main', 'media', 'images-worker.ts'),
        'draw-worker': join(root, 'main', 'sandbox', 'replicate', 'drawing', 'draw-worker.ts'),
        'backup-worker': join(root, 'main', 'store', 'backup-worker.ts'),
      },
      external: [
        ...builtinModules,
        ...builtinModules.map((name) => `node:${name}`),
        ...packages.flatMap((name) => [name, new RegExp(`^${name}/`)]),
      ],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
