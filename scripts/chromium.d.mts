/** Path of a Chromium on this machine, or undefined. Playwright's own download counts. */
export function findChromium(): string | undefined;
/** Sees to it that the browser tests have a Chromium. `fail` gets what to tell a person when that cannot be. */
export function ensureChromium(fail: (message: string) => void): void;
