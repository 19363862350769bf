import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Hono } from 'hono';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves the built dashboard. The list of files is read once, so a request can only ever name one
 * of them; any other path gets the page itself, whose router knows what to show.
 */
export function dashboardApp(folder: string): Hono {
  const files = new Map<string, string>(
    filesBelow(folder).map((path) => [`/${path.slice(folder.length + 1).replaceAll('\\', '/')}`, path] as const),
  );
  const page = files.get('/index.html');
  const app = new Hono();
  app.get('*', (c) => {
    const path = files.get(c.req.path) ?? page;
    if (path === undefined) return c.text('The dashboard has not been built.', 503);
    const immutable = c.req.path.startsWith('/assets/') && files.has(c.req.path);
    c.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('content-type', types[extname(path)] ?? 'application/octet-stream');
    return c.body(readFileSync(path));
  });
  return app;
}

/** Folder by folder: inside an app's archive Electron reads no tree at once. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && extname(entry.name) in types ? [path] : [];
  });
}
