import i18next from 'i18next';
import type { ComponentType, ReactElement } from 'react';
import { Trans } from 'react-i18next/TransWithoutContext';
import type { WordKey } from '../i18n/i18n.ts';

/** `Trans` takes keys of the namespace it is given; here they carry theirs, as everywhere. */
const Sentence = Trans as unknown as ComponentType<{
  i18n: typeof i18next;
  i18nKey: WordKey;
  components: Record<string, ReactElement>;
  values: Record<string, string | number>;
  count: number | undefined;
}>;

/**
 * A sentence some of whose words are more than words: `"Put it into <file/>, then <again>try again</again>."`
 * @param of its key
 * @param parts what stands for each tag
 * @param values what is put in for `{{…}}`; `count` picks the plural form
 */
export function Words({
  of,
  parts,
  values = {},
}: {
  of: WordKey;
  parts: Record<string, ReactElement>;
  values?: Record<string, string | number>;
}) {
  const count = typeof values.count === 'number' ? values.count : undefined;
  return <Sentence i18n={i18next} i18nKey={of} components={parts} values={values} count={count} />;
}
