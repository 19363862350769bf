import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconSparkles } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { type BrandValues, withoutBlanks } from './brand-values.ts';
import { ExampleCard } from './ExampleCard.tsx';
import { exampleOf } from './example.ts';

/** A post as the brand would have it, which follows every change at once. */
export function BrandExample({
  client,
  brand,
  onKeep,
}: {
  client: Client;
  brand: BrandValues;
  /** Takes what the AI wrote among the example posts. */
  onKeep: (text: string) => void;
}) {
  const [number, setNumber] = useState(0);
  const write = useMutation(orpc.brand.example.mutationOptions());
  const count = brand.examplePosts.filter((post) => post.trim() !== '').length;
  const shown = Math.min(number, Math.max(0, count - 1));
  const written = write.data ?? null;
  const example = exampleOf(brand, written, shown);
  const ask = () => write.mutate({ id: client.id, ...withoutBlanks(brand) });
  const isKept = written !== null && brand.examplePosts.includes(written.caption);
  return (
    <Panel
      title={t('brand:example.title')}
      description={
        written !== null
          ? t('brand:example.byAi')
          : count > 0
            ? t('brand:example.own', { number: shown + 1, count })
            : t('brand:example.none')
      }
      actions={
        written === null &&
        count > 1 && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('brand:example.previous')}
              disabled={shown === 0}
              onClick={() => setNumber(shown - 1)}
            >
              <IconChevronLeft size={17} className="flip-rtl" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('brand:example.next')}
              disabled={shown === count - 1}
              onClick={() => setNumber(shown + 1)}
            >
              <IconChevronRight size={17} className="flip-rtl" />
            </ActionIcon>
          </Group>
        )
      }
      data-testid="brand-example"
    >
      <ExampleCard name={client.name} brand={brand} example={example} isWaiting={write.isPending} />
      <Group mt="md" gap="xs">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconSparkles size={15} />}
          loading={write.isPending}
          onClick={ask}
        >
          {written === null ? t('brand:example.write') : t('brand:example.writeAnother')}
        </Button>
        {written !== null && !write.isPending && (
          <>
            <Button size="xs" variant="default" disabled={isKept} onClick={() => onKeep(written.caption)}>
              {isKept ? t('brand:example.kept') : t('brand:example.keep')}
            </Button>
            {count > 0 && (
              <Button size="xs" variant="subtle" color="gray" onClick={() => write.reset()}>
                {t('brand:example.back')}
              </Button>
            )}
          </>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={8}>
        {t('brand:example.cost')}
      </Text>
    </Panel>
  );
}
