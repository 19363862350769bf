import { Button, Group, Modal, Progress, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { count } from '../../components/format.ts';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { closeWriteWeek, useWriteWeek } from './write-week-store.ts';
import { TextLink } from '../../components/links.tsx';

const spans = [
  { value: '3', label: '3 days' },
  { value: '7', label: '1 week' },
  { value: '14', label: '2 weeks' },
];

/** Chooses client and days, starts the writing, and shows posts as they come in. It goes on when closed. */
export function WriteWeekDialog() {
  const { opened, clientId: chosenFor } = useWriteWeek();
  const navigate = useNavigate();
  const [clientId, setClientId] = useState<string | null>(null);
  const [days, setDays] = useState('7');
  const [started, setStarted] = useState({ at: '', slots: 0 });
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 }, enabled: opened }));
  const slots = useQuery(
    orpc.rules.slots.queryOptions({
      input: { id: clientId ?? '', days: Number(days) },
      enabled: opened && clientId !== null,
    }),
  );
  const generate = useMutation(
    orpc.pipeline.generate.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ created }) =>
        notifyDone(
          created.length === 0 ? 'Nothing new to write.' : `${count(created.length, 'post')} ready to review.`,
        ),
    }),
  );

  useEffect(() => {
    if (!opened || generate.isPending) return;
    const first = clients.data?.items.find(({ status }) => status === 'active') ?? clients.data?.items[0];
    setClientId(chosenFor ?? first?.id ?? null);
  }, [opened, chosenFor, clients.data, generate.isPending]);
  const close = () => {
    closeWriteWeek();
    if (!generate.isPending) generate.reset();
  };
  const start = () => {
    if (clientId === null) return;
    setStarted({ at: new Date().toISOString(), slots: free ?? 0 });
    generate.mutate({ clientId, days: Number(days) });
  };

  const free = slots.data?.items.filter(({ taken }) => !taken).length;
  const begun = generate.isPending || generate.isSuccess;
  return (
    <Modal opened={opened} onClose={close} title="Write posts with AI" size="lg">
      <Stack>
        <Select
          label="Client"
          searchable
          disabled={generate.isPending}
          data={clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={clientId}
          onChange={setClientId}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="write-span">
            How far ahead
          </Text>
          <SegmentedControl
            aria-labelledby="write-span"
            data={spans}
            value={days}
            onChange={setDays}
            disabled={generate.isPending}
          />
        </div>
        {!begun && clientId !== null && (
          <Plan free={free} taken={(slots.data?.items.length ?? 0) - (free ?? 0)} clientId={clientId} />
        )}
        {begun && clientId !== null && (
          <Written clientId={clientId} started={started} created={generate.data?.created} />
        )}
        {generate.isError && <Failure error={generate.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {generate.isPending ? 'Go on in the background' : 'Close'}
          </Button>
          {generate.isSuccess && generate.data.created.length > 0 ? (
            <Button
              onClick={() => {
                close();
                void navigate({ to: '/review' });
              }}
            >
              Review them
            </Button>
          ) : (
            <Button onClick={start} loading={generate.isPending} disabled={clientId === null || !free}>
              {free ? `Write ${count(free, 'post')}` : 'Write posts'}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Plan({ free, taken, clientId }: { free: number | undefined; taken: number; clientId: string }) {
  const rules = (
    <TextLink
      to="/clients/$id"
      params={{ id: clientId }}
      search={{ tab: 'rules' }}
      underline="always"
      onClick={closeWriteWeek}
    >
      the client’s rules
    </TextLink>
  );
  if (free === undefined) return <Text size="sm">Looking for free slots…</Text>;
  if (free === 0) {
    return (
      <Text size="sm" c="dimmed">
        {taken > 0 ? 'Every slot in this time already has a post.' : 'No slot falls into this time.'} Slots come from{' '}
        {rules}.
      </Text>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      {count(free, 'slot')} without a post{taken > 0 && `, ${taken} already filled`}, from {rules}. Each gets captions
      in the brand’s voice and a picture, and waits for your review.
    </Text>
  );
}

/** The posts that came since the start, as they come; `created` is known when all are there. */
function Written({
  clientId,
  started,
  created,
}: {
  clientId: string;
  started: { at: string; slots: number };
  created: readonly string[] | undefined;
}) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { clientId, status: ['in_review', 'held', 'approved'], from: started.at, limit: 200 },
    }),
  );
  const fresh = posts.data?.items.filter((post) => post.createdAt >= started.at || created?.includes(post.id)) ?? [];
  const done = created !== undefined;
  const share = done ? 100 : Math.max(6, (fresh.length / Math.max(1, started.slots)) * 100);
  return (
    <Stack gap="sm">
      <Progress value={share} animated={!done} color={done ? 'teal' : 'iris'} aria-label="Writing" />
      <Text size="sm" role="status">
        {done
          ? `Done: ${count(created.length, 'post')} written.`
          : `Writing… ${fresh.length} of ${started.slots} so far.`}
      </Text>
      <Group gap="xs" mih={64}>
        {fresh.map((post) => (
          <MediaThumb key={post.id} media={post.media[0]} size={64} />
        ))}
      </Group>
    </Stack>
  );
}
