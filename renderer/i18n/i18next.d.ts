import 'i18next';
import type { words as first } from './locales/en/first.ts';
import type { words as rest } from './locales/en/rest.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof first & typeof rest;
  }
}
