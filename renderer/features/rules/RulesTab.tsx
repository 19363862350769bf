import {
  Box,
  Checkbox,
  Chip,
  Grid,
  Group,
  Input,
  NumberInput,
  Skeleton,
  Slider,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Rules, Weekday } from '../../../shared/contract/rules.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { explain, problemOf } from '../../api/errors.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveBar } from '../../components/SaveBar.tsx';
import { useFormDraft } from '../../components/use-form-draft.ts';
import { zoneCity } from '../../components/zoned-time.ts';
import { SlotPreview } from './SlotPreview.tsx';
import { TimesField } from './TimesField.tsx';

const dayNames: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
const weekdays = Object.keys(dayNames) as Weekday[];

/** When and where the client posts. */
export function RulesTab({ client }: { client: Client }) {
  const rules = useQuery(orpc.rules.get.queryOptions({ input: { id: client.id } }));
  if (rules.isError) return <Failure error={rules.error} retry={() => void rules.refetch()} />;
  if (rules.data === undefined) return <Skeleton height={420} radius="lg" />;
  return <RulesForm client={client} rules={rules.data} />;
}

function RulesForm({ client, rules }: { client: Client; rules: Rules }) {
  const queryClient = useQueryClient();
  const form = useFormDraft(rules);
  const values = form.values ?? rules;
  const put = useMutation(
    orpc.rules.put.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (saved) => {
        queryClient.setQueryData(orpc.rules.get.queryKey({ input: { id: client.id } }), saved);
        form.clear();
        notifyDone('Rules saved.');
        await queryClient.invalidateQueries({ queryKey: orpc.rules.slots.key({ input: { id: client.id } }) });
      },
    }),
  );
  const failure = put.isError ? explain(put.error) : null;
  const problems = failure?.problems ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ id: client.id, ...values });
  };

  return (
    <form onSubmit={submit}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <Panel title="When" description={`All times are on the clock in ${zoneCity(client.timezone)}.`}>
              <Stack gap="lg">
                <Input.Wrapper
                  label={`Posts a week: ${values.postsPerWeek}`}
                  labelElement="div"
                  error={problemOf(problems, 'postsPerWeek')}
                >
                  <Slider
                    mt={6}
                    mb="lg"
                    min={0}
                    max={21}
                    thumbLabel="Posts a week"
                    label={null}
                    marks={[0, 7, 14, 21].map((value) => ({ value, label: String(value) }))}
                    value={Math.min(21, values.postsPerWeek)}
                    onChange={(postsPerWeek) => form.set({ postsPerWeek })}
                  />
                </Input.Wrapper>
                <Input.Wrapper label="Days" labelElement="div" error={problemOf(problems, 'days')}>
                  <Chip.Group
                    multiple
                    value={values.days}
                    onChange={(days) => form.set({ days: weekdays.filter((day) => days.includes(day)) })}
                  >
                    <Group gap={6} mt={4}>
                      {weekdays.map((day) => (
                        <Chip key={day} value={day} size="sm" icon={null} variant="light">
                          {dayNames[day]}
                        </Chip>
                      ))}
                    </Group>
                  </Chip.Group>
                </Input.Wrapper>
                <TimesField
                  times={values.times}
                  onChange={(times) => form.set({ times })}
                  error={problemOf(problems, 'times')}
                />
              </Stack>
            </Panel>
            <Panel title="Where">
              <Checkbox.Group
                aria-label="Networks"
                value={values.platforms}
                onChange={(chosen) => form.set({ platforms: chosen as Platform[] })}
                error={problemOf(problems, 'platforms')}
              >
                <Group gap="xl">
                  {platforms.map((platform) => (
                    <Checkbox
                      key={platform}
                      value={platform}
                      label={
                        <Group gap={6} wrap="nowrap">
                          <PlatformIcon platform={platform} />
                          {platformNames[platform]}
                        </Group>
                      }
                    />
                  ))}
                </Group>
              </Checkbox.Group>
            </Panel>
            <Panel title="How far it may go by itself">
              <Stack gap="lg">
                <Switch
                  label="Approve by itself"
                  description="Posts the AI wrote are scheduled without a person looking at them. Never those with a link, a mention or a phone number, and never those with a banned word."
                  checked={values.autoApprove}
                  onChange={(event) => form.set({ autoApprove: event.currentTarget.checked })}
                />
                <NumberInput
                  label="How late a post may still go out"
                  description="If this computer was off at the time, posts later than this wait for your decision."
                  suffix=" minutes"
                  min={0}
                  max={1_440}
                  inputContainer={(input) => <Box w={200}>{input}</Box>}
                  value={values.graceMinutes}
                  onChange={(minutes) => form.set({ graceMinutes: Number(minutes) || 0 })}
                  error={problemOf(problems, 'graceMinutes')}
                />
              </Stack>
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Panel title="The next two weeks" description="The slots the saved rules give.">
            {form.isDirty ? (
              <Text size="sm" c="dimmed">
                Save to see the slots of the changed rules.
              </Text>
            ) : (
              <SlotPreview client={client} />
            )}
          </Panel>
        </Grid.Col>
      </Grid>
      <Stack mt="lg">
        <SaveBar
          dirty={form.isDirty}
          saving={put.isPending}
          problem={problems.length === 0 ? failure?.message : null}
          onReset={form.clear}
        />
      </Stack>
    </form>
  );
}
