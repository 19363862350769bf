export function hasSecretService(): boolean;
export function ensureSecretService(): boolean;
