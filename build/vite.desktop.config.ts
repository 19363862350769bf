import { cpSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { fromRoot, nodeHost } from './node-build.ts';

/**
 * The desktop host, and with `--mode preload` the script that runs before its page: one CommonJS file, because a
 * sandboxed one can load nothing else.
 */
export default defineConfig(({ mode }) => {
  if (mode !== 'preload') {
    return {
      ...nodeHost('main/desktop/index.ts', 'out/desktop/main', ['electron/main', 'electron/common']),
      plugins: [trayIcons()],
    };
  }
  return {
    root: fromRoot(),
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: fromRoot('out/desktop'),
      emptyOutDir: false,
      target: 'chrome140',
      minify: false,
      rolldownOptions: {
        input: fromRoot('preload/index.ts'),
        external: ['electron/renderer'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      },
    },
  };
});

function trayIcons(): Plugin {
  return {
    name: 'tray-icons',
    writeBundle: () => cpSync(fromRoot('build/tray'), fromRoot('out/desktop/tray'), { recursive: true }),
  };
}
