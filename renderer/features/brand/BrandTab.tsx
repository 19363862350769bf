import { Grid, Skeleton, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Brand } from '../../../shared/contract/brand.ts';
import type { Client } from '../../../shared/contract/clients.ts';
import { client as core, orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { LessonsPanel } from '../review/LessonsPanel.tsx';
import { BannedTerms } from './BannedTerms.tsx';
import { ColorSwatches } from './ColorSwatches.tsx';
import { TextList } from './TextList.tsx';
import { WordLists } from './WordLists.tsx';

/** How the brand sounds and looks; what the AI writes and paints from. */
export function BrandTab({ client }: { client: Client }) {
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: client.id } }));
  if (brand.isError) return <Failure error={brand.error} retry={() => void brand.refetch()} />;
  if (brand.data === undefined) return <Skeleton height={420} radius="lg" />;
  return <BrandForm client={client} brand={brand.data} />;
}

function BrandForm({ client, brand }: { client: Client; brand: Brand }) {
  const queryClient = useQueryClient();
  const form = useFormDraft({ ...brand, brandVoice: client.brandVoice });
  const save = useMutation({
    mutationFn: async ({ brandVoice, ...changed }: Partial<Brand & { brandVoice: string }>) => {
      if (Object.keys(changed).length > 0)
        await core.brand.put({ id: client.id, ...withoutBlanks({ ...brand, ...changed }) });
      if (brandVoice !== undefined) await core.clients.update({ id: client.id, brandVoice });
    },
    meta: { quiet: true },
    onSuccess: async () => {
      const input = { id: client.id };
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: orpc.brand.get.queryKey({ input }) }),
        queryClient.invalidateQueries({ queryKey: orpc.clients.get.queryKey({ input }) }),
      ]);
      form.clear();
      notifyDone('Brand saved.');
    },
  });
  const failure = save.isError ? explain(save.error) : null;
  const problems = failure?.problems ?? [];
  const values = form.values ?? { ...brand, brandVoice: client.brandVoice };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(form.changed);
  };

  return (
    <form onSubmit={submit}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <Panel title="Voice" description="How the brand talks. The AI follows it in every caption.">
              <Textarea
                aria-label="Voice"
                placeholder="Warm and a little playful. Short sentences. Never pushy."
                minRows={4}
                maxRows={12}
                maxLength={4_000}
                value={values.brandVoice}
                onChange={(event) => form.set({ brandVoice: event.currentTarget.value })}
                error={problemOf(problems, 'brandVoice')}
              />
            </Panel>
            <Panel title="Example posts" description="Posts in the brand’s own voice, for the AI to learn from.">
              <TextList
                label="Example post"
                addLabel="Add an example"
                values={values.examplePosts}
                max={20}
                onChange={(examplePosts) => form.set({ examplePosts })}
                error={problemOf(problems, 'examplePosts')}
              />
            </Panel>
            <BannedTerms
              terms={values.bannedTerms}
              onChange={(bannedTerms) => form.set({ bannedTerms })}
              error={problemOf(problems, 'bannedTerms')}
            />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <Panel title="Colours">
              <ColorSwatches
                colors={values.colors}
                onChange={(colors) => form.set({ colors })}
                error={problemOf(problems, 'colors')}
              />
            </Panel>
            <Panel title="Picture style" description="What pictures of this brand look like.">
              <Textarea
                aria-label="Picture style"
                placeholder="Natural morning light, wooden tables, hands and steam. No faces."
                minRows={3}
                maxRows={8}
                maxLength={1_000}
                value={values.imageStyle}
                onChange={(event) => form.set({ imageStyle: event.currentTarget.value })}
                error={problemOf(problems, 'imageStyle')}
              />
            </Panel>
            <WordLists values={values} set={form.set} problems={problems} />
            <LessonsPanel clientId={client.id} />
          </Stack>
        </Grid.Col>
      </Grid>
      <Stack mt="lg">
        <SaveBar
          dirty={form.isDirty}
          saving={save.isPending}
          problem={problems.length === 0 ? failure?.message : null}
          onReset={form.clear}
        />
      </Stack>
    </form>
  );
}

/** Lines that were added but never filled in are not worth an error. */
function withoutBlanks(brand: Brand): Brand {
  const filled = (texts: string[]) => texts.filter((text) => text.trim() !== '');
  return { ...brand, ctas: filled(brand.ctas), examplePosts: filled(brand.examplePosts) };
}
