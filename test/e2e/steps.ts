import { afterEach, beforeEach } from 'vitest';
import type { Visitor } from './browser.ts';

/** Each test stands on the one before: after the first that fails the rest is left out. What the visitor saw then is kept. */
export function standOnEachOther(visitor: () => Pick<Visitor, 'shot'>): void {
  let stumbled = false;
  beforeEach(({ skip }) => {
    skip(stumbled);
  });
  afterEach(async ({ task }) => {
    if (stumbled || task.result?.state !== 'fail') return;
    stumbled = true;
    await visitor().shot('stumbled');
  });
}
