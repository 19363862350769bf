import { Select, type SelectProps } from '@mantine/core';
import { currentLocale, t } from '../i18n/i18n.ts';

const tags = [
  'en',
  'en-GB',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'pt-BR',
  'nl',
  'da',
  'sv',
  'nb',
  'fi',
  'pl',
  'cs',
  'sk',
  'hu',
  'ro',
  'bg',
  'el',
  'hr',
  'sl',
  'sr',
  'et',
  'lv',
  'lt',
  'tr',
  'uk',
  'ru',
  'ar',
  'he',
  'fa',
  'hi',
  'bn',
  'id',
  'ms',
  'vi',
  'th',
  'ja',
  'ko',
  'zh',
  'ca',
  'ga',
  'is',
];

/** The language posts are written in, as a BCP 47 tag. */
export function LanguageSelect({ value, ...props }: Omit<SelectProps, 'data'>) {
  const names = new Intl.DisplayNames(currentLocale(), { type: 'language' });
  const known = typeof value === 'string' && !tags.includes(value) ? [value, ...tags] : tags;
  return (
    <Select
      searchable
      data={known.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
      value={value}
      nothingFoundMessage={t('common:notInList')}
      {...props}
    />
  );
}
