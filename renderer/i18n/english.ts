import { speak } from './i18n.ts';
import { words as first } from './locales/en/first.ts';
import { words as rest } from './locales/en/rest.ts';

export const english = { ...first, ...rest };

// For tests of what shows words outside a browser.
await speak('en', english, 'en-GB');
