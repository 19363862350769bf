import { speak } from './i18n.ts';
import { words } from './locales/en/index.ts';

// For tests of what shows words outside a browser.
await speak('en', words, 'en-GB');
