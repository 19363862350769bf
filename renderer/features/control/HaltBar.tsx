import { Button, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host } from '../../../shared/contract/events.ts';
import { orpc } from '../../api/client.ts';
import { ask } from '../../components/ask.ts';
import { withLocalTimes } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { t, type WordKey } from '../../i18n/i18n.ts';
import classes from './control.module.css';

type Halt = Host['halts'][number];

const titles: Partial<Record<string, WordKey>> = {
  clock: 'control:halt.clock',
  lease: 'control:halt.lease',
  disk: 'control:halt.disk',
  stop_file: 'control:halt.stopFile',
  restored: 'control:halt.restored',
  copied: 'control:halt.copied',
  damaged: 'control:halt.damaged',
  waking: 'control:halt.waking',
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
              {index === 0
                ? t('control:halt.first', { why: t(titles[halt.code] ?? 'control:halt.other') })
                : t('control:halt.further', { why: t(titles[halt.code] ?? 'control:halt.other') })}
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
          {t('control:halt.seeWaiting')}
        </ButtonLink>
      );
    case 'damaged':
      return (
        <ButtonLink to="/settings" search={{ tab: 'data' }} size="xs" variant="default">
          {t('control:halt.seeBackups')}
        </ButtonLink>
      );
    case 'stop_file':
    case 'disk':
      return (
        <ButtonLink to="/settings" search={{ tab: 'data' }} size="xs" variant="default">
          {t('control:halt.whereIsFolder')}
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
        notifyDone(t('control:takeOver.done'));
      },
    }),
  );
  const confirm = () =>
    ask({
      title: t('control:takeOver.title'),
      children: (
        <>
          <Text size="sm">{t('control:takeOver.twice')}</Text>
          <Text size="sm" mt="sm">
            {t('control:takeOver.onlyIf')}
          </Text>
        </>
      ),
      labels: { confirm: t('control:takeOver.goesOn'), cancel: t('common:action.cancel') },
      onConfirm: () => takeOver.mutate(undefined),
    });
  return (
    <Button size="xs" onClick={confirm} loading={takeOver.isPending} style={{ flexShrink: 0 }}>
      {t('control:takeOver.goesOn')}
    </Button>
  );
}
