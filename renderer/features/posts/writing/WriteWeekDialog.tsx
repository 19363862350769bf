import { Button, Group, Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { notifyDone } from '../../../components/notify.tsx';
import { useFocusBack } from '../../../components/use-focus-back.ts';
import { t } from '../../../i18n/i18n.ts';
import { closeWriteWeek, useWriteWeek } from '../write-week-store.ts';
import { Plan } from './Plan.tsx';
import { useWriting, writtenOf } from './use-writing.ts';
import { WritingProgress } from './WritingProgress.tsx';

const everyone = 'everyone';

/**
 * Says what would be written and what it would cost, starts it, and shows each post as it comes. The writing goes on
 * when the dialog or the page is closed; whoever opens it again sees how far it is.
 */
export function WriteWeekDialog() {
  const { opened, clientId: chosenFor } = useWriteWeek();
  useFocusBack(opened);
  const runs = useWriting();
  const running = runs.filter(({ endedAt }) => endedAt === null);
  /** Clients whose runs are looked at, ended ones too; none while a plan is made, null as long as nobody has looked. */
  const [watched, setWatched] = useState<readonly string[] | null>(null);
  useEffect(() => setWatched(null), [opened, chosenFor]);
  useEffect(() => {
    const mine = running.map(({ clientId }) => clientId).filter((id) => chosenFor === null || id === chosenFor);
    if (opened && mine.length > 0) setWatched((before) => before ?? mine);
  }, [opened, chosenFor, running]);
  const seen = runs.filter(({ clientId }) => watched?.includes(clientId));
  useTellWhenDone(running.length > 0, writtenOf(seen));

  return (
    <Modal opened={opened} onClose={closeWriteWeek} title={t('posts:week.title')} size="lg">
      {seen.length > 0 ? (
        <WritingProgress runs={seen} onMore={() => setWatched([])} />
      ) : (
        <Choice chosenFor={chosenFor} opened={opened} onStarted={setWatched} />
      )}
    </Modal>
  );
}

/** Whose posts, how far ahead, and what that comes to. */
function Choice({
  chosenFor,
  opened,
  onStarted,
}: {
  chosenFor: string | null;
  opened: boolean;
  onStarted: (clientIds: readonly string[]) => void;
}) {
  const [picked, setPicked] = useState<string | null>(null);
  const [days, setDays] = useState('7');
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 }, enabled: opened }));
  const first = clients.data?.items.find(({ status }) => status === 'active') ?? clients.data?.items[0];
  const who = picked ?? chosenFor ?? first?.id ?? null;
  const estimate = useQuery(
    orpc.pipeline.estimate.queryOptions({
      input: { ...(who === null || who === everyone ? {} : { clientId: who }), days: Number(days) },
      enabled: opened && who !== null,
    }),
  );
  const write = useMutation(
    orpc.pipeline.write.mutationOptions({
      meta: { quiet: true },
      onSuccess: (_, { clientIds }) => onStarted(clientIds),
    }),
  );
  const open = estimate.data?.items.filter(({ slots }) => slots.length > 0) ?? [];
  const count = open.reduce((sum, { slots }) => sum + slots.length, 0);
  return (
    <Stack>
      <Group align="flex-end" gap="md">
        <Select
          label={t('posts:week.client')}
          searchable
          allowDeselect={false}
          flex={1}
          miw={200}
          data={[
            { value: everyone, label: t('common:allClients') },
            ...(clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []),
          ]}
          value={who}
          onChange={setPicked}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="write-span">
            {t('posts:week.span')}
          </Text>
          <SegmentedControl
            aria-labelledby="write-span"
            data={[
              { value: '3', label: t('common:count.days', { count: 3 }) },
              { value: '7', label: t('posts:week.week', { count: 1 }) },
              { value: '14', label: t('posts:week.week', { count: 2 }) },
            ]}
            value={days}
            onChange={setDays}
          />
        </div>
      </Group>
      {estimate.isError ? (
        <Failure error={estimate.error} retry={() => void estimate.refetch()} />
      ) : (
        <Plan estimates={estimate.data?.items} budgetLeft={estimate.data?.budgetLeftMicroUsd ?? null} />
      )}
      {write.isError && <Failure error={write.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={closeWriteWeek}>
          {t('common:action.close')}
        </Button>
        <Button
          loading={write.isPending}
          disabled={count === 0}
          onClick={() => write.mutate({ clientIds: open.map(({ clientId }) => clientId), days: Number(days) })}
        >
          {count > 0 ? t('posts:week.write', { count }) : t('posts:week.writeNone')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Tells once, wherever the person is by then, that all that was asked for is there. */
function useTellWhenDone(isRunning: boolean, written: number): void {
  const navigate = useNavigate();
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !isRunning && !useWriteWeek.getState().opened) {
      notifyDone(written === 0 ? t('posts:week.doneNone') : t('posts:week.ready', { count: written }));
    }
    wasRunning.current = isRunning;
  }, [isRunning, written, navigate]);
}
