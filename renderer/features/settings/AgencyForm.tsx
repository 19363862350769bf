import {
  Badge,
  Box,
  ColorInput,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Settings } from '../../../shared/contract/admin.ts';
import { inkOn } from '../../../shared/domain/contrast.ts';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';

/** Name, planning, AI and publishing settings. */
export function AgencyForm() {
  const settings = useQuery(orpc.settings.get.queryOptions());
  if (settings.isError) return <Failure error={settings.error} retry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <Skeleton height={520} radius="lg" />;
  return <Form settings={settings.data} />;
}

function Form({ settings }: { settings: Settings }) {
  const queryClient = useQueryClient();
  const form = useFormDraft(settings);
  const values = form.values ?? settings;
  const update = useMutation(
    orpc.settings.update.mutationOptions({
      meta: { quiet: true },
      onSuccess: (saved) => {
        queryClient.setQueryData(orpc.settings.get.queryKey(), saved);
        form.clear();
        notifyDone('Settings saved.');
      },
    }),
  );
  const failure = update.isError ? explain(update.error) : null;
  const problems = failure?.problems ?? [];
  const problem = (field: keyof Settings) => problemOf(problems, field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(form.changed);
  };
  const budget = values.monthlyBudgetMicroUsd;

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Panel title="Agency">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Name"
              maxLength={120}
              value={values.agencyName}
              onChange={(event) => form.set({ agencyName: event.currentTarget.value })}
              error={problem('agencyName')}
            />
            <NumberInput
              label="Plan ahead"
              description="How many days ahead posts are written."
              suffix=" days"
              min={1}
              max={31}
              value={values.planAheadDays}
              onChange={(days) => form.set({ planAheadDays: Number(days) || 1 })}
              error={problem('planAheadDays')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
            <ColorInput
              label="Brand colour"
              description="Buttons of the pages your clients see. Their text is black or white, whichever reads better."
              eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
              placeholder="The app’s own"
              format="hex"
              value={values.brandColor ?? ''}
              onChange={(color) => form.set({ brandColor: color === '' ? null : color })}
              error={problem('brandColor')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
            {values.brandColor !== null && isColor(values.brandColor) && (
              <Box mt={26}>
                <Badge
                  size="xl"
                  radius="md"
                  tt="none"
                  style={{ background: values.brandColor, color: inkOn(values.brandColor) }}
                >
                  Connect Facebook
                </Badge>
              </Box>
            )}
          </SimpleGrid>
        </Panel>
        <Panel title="AI">
          <Stack>
            <NumberInput
              label="Monthly limit"
              description="Paid AI calls stop for the rest of the calendar month above this. Empty for no limit."
              prefix="$ "
              min={0}
              decimalScale={2}
              thousandSeparator=","
              inputContainer={(input) => <Box w={200}>{input}</Box>}
              placeholder="No limit"
              value={budget === null ? '' : budget / 1_000_000}
              onChange={(usd) =>
                form.set({ monthlyBudgetMicroUsd: usd === '' ? null : Math.round(Number(usd) * 1_000_000) })
              }
              error={problem('monthlyBudgetMicroUsd')}
            />
            <TagsInput
              label="Caption models"
              description="Groq model ids; the first is used, the next ones when it is gone."
              maxTags={4}
              value={values.captionModels}
              onChange={(captionModels) => form.set({ captionModels })}
              error={problem('captionModels')}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Picture model"
                description="A Replicate model id."
                value={values.imageModel}
                onChange={(event) => form.set({ imageModel: event.currentTarget.value })}
                error={problem('imageModel')}
              />
              <TextInput
                label="Video model"
                description="A Replicate model id."
                value={values.videoModel}
                onChange={(event) => form.set({ videoModel: event.currentTarget.value })}
                error={problem('videoModel')}
              />
            </SimpleGrid>
          </Stack>
        </Panel>
        <Panel title="Publishing">
          <Switch
            label="Publish to Facebook in two steps"
            description="Posts are created invisibly first, then made visible. If an answer is lost on the way, nothing is ever posted twice. Turn it off only if Facebook refuses the second step for your app; plain text posts then need your eye when a connection breaks."
            checked={values.facebookTwoPhase}
            onChange={(event) => form.set({ facebookTwoPhase: event.currentTarget.checked })}
          />
          <TextInput
            mt="md"
            label="Relay page for logins"
            description="Facebook and Instagram send people back to https addresses only. Without one of your own, put the relay page on your website and enter its address here; it hands the login back to this computer."
            placeholder="https://example.com/relay/"
            value={values.relayUrl ?? ''}
            onChange={(event) => form.set({ relayUrl: event.currentTarget.value.trim() || null })}
            error={problem('relayUrl')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          {problem('facebookTwoPhase') && (
            <Text size="sm" c="red">
              {problem('facebookTwoPhase')}
            </Text>
          )}
        </Panel>
        <SaveBar
          dirty={form.isDirty}
          saving={update.isPending}
          problem={problems.length === 0 ? failure?.message : null}
          onReset={form.clear}
        />
      </Stack>
    </form>
  );
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}
