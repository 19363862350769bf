import { Button, Text } from '@mantine/core';
import type { Variant } from '../../../../shared/contract/review.ts';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { withLocalTimes } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { DiffText } from '../changes/DiffText.tsx';
import { MarkedText } from '../preview/MarkedText.tsx';
import classes from './variants.module.css';

/** What the post says now, to compare with. */
export function CurrentCard({ text }: { text: string }) {
  return (
    <section className={classes.card} data-current aria-label={t('post:variants.current')}>
      <Text size="xs" fw={600} c="dimmed">
        {t('post:variants.current')}
      </Text>
      <Text size="sm" component="div" className={classes.text}>
        {text}
      </Text>
    </section>
  );
}

/** One other wording, with what is wrong with it. */
export function VariantCard({
  variant,
  number,
  comparedWith,
  isBusy,
  onChoose,
}: {
  variant: Variant;
  number: number;
  /** Text to mark differences from; null marks none. */
  comparedWith: string | null;
  isBusy: boolean;
  onChoose: () => void;
}) {
  const { caption, bannedTerms, problems } = variant;
  const isBanned = bannedTerms.length > 0;
  const label = t('post:variants.number', { number });
  return (
    <section className={classes.card} aria-label={label} data-testid="variant">
      <Text size="xs" fw={600} c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" className={classes.text}>
        {isBanned || comparedWith === null ? (
          <MarkedText text={caption} terms={bannedTerms} />
        ) : (
          <DiffText before={comparedWith} after={caption} withRemoved={false} />
        )}
      </Text>
      {problems.map(({ code, message }) => (
        <Text key={message} size="xs" c={code === 'banned' ? 'red' : 'orange'} role="note">
          {withLocalTimes(message)}
        </Text>
      ))}
      <Button
        variant={isBanned ? 'default' : 'light'}
        disabled={isBanned}
        loading={isBusy}
        rightSection={<KeyHint>{number}</KeyHint>}
        onClick={onChoose}
      >
        {t('post:variants.use')}
      </Button>
    </section>
  );
}
