import { defineConfig } from 'vite';
import { nodeHost } from './node-build.ts';

/** The server host. */
export default defineConfig(nodeHost('main/server/index.ts', 'out/server'));
