import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host } from '../../../shared/contract/events.ts';
import { orpc } from '../../api/client.ts';
import { withLocalTimes } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { notifyDone } from '../../components/notify.tsx';
import classes from './control.module.css';

type Halt = Host['halts'][number];

const titles: Record<string, string> = {
  clock: 'The clock of this computer cannot be trusted',
  lease: 'Another AutoSocial AI publishes from this data',
  disk: 'Nothing can be written down',
  stop_file: 'A STOP file lies in the data folder',
  restored: 'This is data from an earlier time',
  copied: 'This is a copy of the data folder',
  damaged: 'A part of the data is damaged',
  waking: 'The computer has just woken up',
};

/** Why nothing is sent at all now, on every page, with what to do about it. It goes away when the reason does. */
export function HaltBar({ halts }: { halts: Host['halts'] }) {
  if (halts.length === 0) return null;
  return (
    <div className={classes.halts} role="alert">
      {halts.map((halt, index) => (
        <div key={halt.code} className={classes.halt} data-testid="halt" data-code={halt.code}>
          <IconPlayerPause size={20} stroke={1.8} aria-hidden className={classes.haltIcon} />
          <div className={classes.haltWords}>
            <Text size="sm" fw={650}>
              {index === 0 && 'Nothing is being published. '}
              {titles[halt.code] ?? 'Publishing is paused'}.
            </Text>
            <Text size="sm">{withLocalTimes(halt.message)}</Text>
          </div>
          <WayOut halt={halt} />
        </div>
      ))}
    </div>
  );
}

function WayOut({ halt }: { halt: Halt }) {
  switch (halt.code) {
    case 'copied':
      return <TakeOver />;
    case 'restored':
      return (
        <ButtonLink to="/pipeline" search={{ show: 'attention' }} size="xs" variant="default">
          See what waits for you
        </ButtonLink>
      );
    case 'damaged':
      return (
        <ButtonLink to="/settings" search={{ tab: 'data' }} size="xs" variant="default">
          See the backups
        </ButtonLink>
      );
    case 'stop_file':
    case 'disk':
      return (
        <ButtonLink to="/settings" search={{ tab: 'data' }} size="xs" variant="default">
          Where is the folder?
        </ButtonLink>
      );
    default:
      return null;
  }
}

function TakeOver() {
  const queryClient = useQueryClient();
  const takeOver = useMutation(
    orpc.takeOver.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: orpc.host.get.key() });
        notifyDone('This one goes on. What was due meanwhile is looked up first; what cannot be told waits for you.');
      },
    }),
  );
  const confirm = () =>
    modals.openConfirmModal({
      title: 'Does this one go on?',
      children: (
        <>
          <Text size="sm">
            The same data exists twice, and only one app may publish from it: two would send every post twice.
          </Text>
          <Text size="sm" mt="sm">
            Say yes only if the other one is stopped for good, for example because you moved to this computer. Posts
            that were due since the copy was made are looked up and held for you; nothing goes out in a burst.
          </Text>
        </>
      ),
      labels: { confirm: 'This one goes on', cancel: 'Cancel' },
      onConfirm: () => takeOver.mutate(undefined),
    });
  return (
    <Button size="xs" onClick={confirm} loading={takeOver.isPending} style={{ flexShrink: 0 }}>
      This one goes on
    </Button>
  );
}
