import { Alert, Button, Center, Group, Loader, Modal, Switch, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconSparkles } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { formatNumber } from '../../../components/format.ts';
import { Failure } from '../../../components/Failure.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { t } from '../../../i18n/i18n.ts';
import { useVariants } from './use-variants.ts';
import { CurrentCard, VariantCard } from './VariantCard.tsx';
import classes from './variants.module.css';
import { type Wording, wordingOf } from './wordings.ts';

/**
 * What the post says beside three other ways to say it; one is taken with a click or its number. The first time the AI is
 * asked at once: whoever opens this wants to see some.
 * @param props.target the account that is looked at: where it has a text of its own, that is what is worded differently
 */
export function VariantsDialog({
  post,
  target,
  opened,
  onClose,
}: {
  post: Post;
  target: Target | undefined;
  opened: boolean;
  onClose: () => void;
}) {
  const wording = wordingOf(post, target);
  const isOwn = wording.accountId !== null && target !== undefined;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="min(1320px, 96vw)"
      title={isOwn ? t('post:variants.titleOn', { network: platformNames[target.platform] }) : t('post:variants.title')}
    >
      <Variants post={post} wording={wording} onChosen={onClose} />
    </Modal>
  );
}

function Variants({ post, wording, onChosen }: { post: Post; wording: Wording; onChosen: () => void }) {
  const { batches, isLoading, failure, write, choose, cost } = useVariants(post, wording, onChosen);
  const [shown, setShown] = useState(0);
  const [isMarking, setMarking] = useState(true);
  const hasText = wording.text.trim() !== '';
  const more = () => {
    if (!hasText || write.isPending) return;
    setShown(0);
    write.mutate();
  };
  const asked = useRef(false);
  useEffect(() => {
    if (isLoading || asked.current || batches.length > 0 || !hasText) return;
    asked.current = true;
    write.mutate();
  }, [isLoading, batches.length, hasText, write]);

  const batch = batches[shown] ?? [];
  const take = (index: number) => {
    const variant = batch[index];
    if (variant !== undefined && variant.bannedTerms.length === 0) choose.mutate(variant.caption);
  };
  useHotkeys([
    ['1', () => take(0)],
    ['2', () => take(1)],
    ['3', () => take(2)],
    ['0', more],
  ]);

  if (!hasText) return <Text c="dimmed">{t('post:variants.nothing')}</Text>;
  if (failure !== null) return <Failure error={failure.error} retry={failure.retry} />;
  return (
    <>
      <div className={classes.columns} aria-busy={write.isPending}>
        <CurrentCard text={wording.text} />
        {write.isPending || isLoading ? (
          <Center className={classes.writing}>
            <Group gap="sm">
              <Loader type="dots" size="sm" />
              <Text size="sm" c="dimmed" role="status">
                {t('post:variants.writing')}
              </Text>
            </Group>
          </Center>
        ) : (
          batch.map((variant, index) => (
            <VariantCard
              key={variant.id}
              variant={variant}
              number={index + 1}
              comparedWith={isMarking ? wording.text : null}
              isBusy={choose.isPending}
              onChoose={() => take(index)}
            />
          ))
        )}
      </div>
      {!write.isPending && !isLoading && batch.length === 0 && (
        <Alert color="orange" mt="md">
          {t('post:variants.none')}
        </Alert>
      )}
      <Group justify="space-between" mt="lg" gap="sm">
        <Group gap="lg">
          <Switch
            size="xs"
            label={t('post:variants.mark')}
            checked={isMarking}
            onChange={(event) => setMarking(event.currentTarget.checked)}
          />
          <Text size="xs" c="dimmed">
            {cost === null ? t('post:variants.keys') : t('post:variants.cost', { amount: exactly(cost) })}
          </Text>
        </Group>
        <Group gap="xs">
          {shown < batches.length - 1 && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconChevronLeft size={16} className="flip-rtl" />}
              onClick={() => setShown(shown + 1)}
            >
              {t('post:variants.earlier')}
            </Button>
          )}
          {shown > 0 && (
            <Button
              variant="subtle"
              color="gray"
              rightSection={<IconChevronRight size={16} className="flip-rtl" />}
              onClick={() => setShown(shown - 1)}
            >
              {t('post:variants.later')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconSparkles size={16} />}
            rightSection={<KeyHint>{'0'}</KeyHint>}
            loading={write.isPending}
            onClick={more}
          >
            {t('post:variants.more')}
          </Button>
        </Group>
      </Group>
    </>
  );
}

/** Millionths of a US dollar as `$0.00041`: less than a cent must not look like nothing. */
function exactly(microUsd: number): string {
  const parts = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  return formatNumber(microUsd / 1_000_000, { ...parts, maximumSignificantDigits: 2 });
}
