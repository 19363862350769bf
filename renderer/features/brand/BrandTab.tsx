import { Grid, Skeleton, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { t } from '../../i18n/i18n.ts';
import { LessonsPanel } from '../review/LessonsPanel.tsx';
import { BannedTerms } from './BannedTerms.tsx';
import { BrandExample } from './BrandExample.tsx';
import type { BrandValues } from './brand-values.ts';
import classes from './brand.module.css';
import { ColorSwatches } from './ColorSwatches.tsx';
import { TextList } from './TextList.tsx';
import { useSaveBrand } from './use-save-brand.ts';
import { WordLists } from './WordLists.tsx';

/** How the brand sounds and looks; what the AI writes and paints from. */
export function BrandTab({ client }: { client: Client }) {
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: client.id } }));
  if (brand.isError) return <Failure error={brand.error} retry={() => void brand.refetch()} />;
  if (brand.data === undefined) return <Skeleton height={420} radius="lg" />;
  return <BrandForm client={client} stored={{ ...brand.data, brandVoice: client.brandVoice }} />;
}

function BrandForm({ client, stored }: { client: Client; stored: BrandValues }) {
  const form = useFormDraft(stored);
  const values = form.values ?? stored;
  const save = useSaveBrand(client, stored, form.clear);
  const failure = save.isError ? explain(save.error) : null;
  const problems = failure?.problems ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(form.changed);
  };

  return (
    <Stack component="form" gap="lg" onSubmit={submit}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Panel title={t('brand:voice.title')} description={t('brand:voice.description')}>
              <Textarea
                dir="auto"
                aria-label={t('brand:voice.title')}
                placeholder={t('brand:voice.placeholder')}
                minRows={4}
                maxRows={12}
                maxLength={4_000}
                value={values.brandVoice}
                onChange={(event) => form.set({ brandVoice: event.currentTarget.value })}
                error={problemOf(problems, 'brandVoice')}
              />
            </Panel>
            <Panel title={t('brand:colors.title')} description={t('brand:colors.description')}>
              <ColorSwatches
                colors={values.colors}
                onChange={(colors) => form.set({ colors })}
                error={problemOf(problems, 'colors')}
              />
            </Panel>
            <WordLists values={values} set={form.set} problems={problems} />
            <BannedTerms
              brand={values}
              onChange={(bannedTerms) => form.set({ bannedTerms })}
              error={problemOf(problems, 'bannedTerms')}
            />
            <Panel title={t('brand:examples.title')} description={t('brand:examples.description')}>
              <TextList
                labels={{
                  item: (number) => t('brand:examples.item', { number }),
                  remove: (number) => t('brand:examples.remove', { number }),
                  add: t('brand:examples.add'),
                }}
                values={values.examplePosts}
                max={20}
                onChange={(examplePosts) => form.set({ examplePosts })}
                error={problemOf(problems, 'examplePosts')}
              />
            </Panel>
            <Panel title={t('brand:pictures.title')} description={t('brand:pictures.description')}>
              <Textarea
                dir="auto"
                aria-label={t('brand:pictures.title')}
                placeholder={t('brand:pictures.placeholder')}
                minRows={3}
                maxRows={8}
                maxLength={1_000}
                value={values.imageStyle}
                onChange={(event) => form.set({ imageStyle: event.currentTarget.value })}
                error={problemOf(problems, 'imageStyle')}
              />
            </Panel>
            <LessonsPanel clientId={client.id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <div className={classes.beside}>
            <BrandExample
              client={client}
              brand={values}
              onKeep={(text) => form.set({ examplePosts: [...values.examplePosts, text] })}
            />
          </div>
        </Grid.Col>
      </Grid>
      <SaveBar
        dirty={form.isDirty}
        saving={save.isPending}
        problem={problems.length === 0 ? failure?.message : null}
        onReset={form.clear}
      />
    </Stack>
  );
}
