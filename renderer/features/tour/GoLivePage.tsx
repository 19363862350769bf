import { Badge, Box, Button, Code, CopyButton, Group, Progress, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconCircle, IconClock, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isDesktop } from '../../api/line.ts';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { askToStop, preloadStopDialogs } from '../control/stop-store.ts';
import type { LiveFacts, LiveStep, LiveStepName, LiveStepState } from './live-steps.ts';
import classes from './tour.module.css';
import { useLiveSteps } from './use-live-steps.ts';

const liveCommand = 'npm start -- --live';

/** What comes next stands first. */
const sandboxOrder = ['try', 'start', 'setUp'] as const;
const liveOrder = ['setUp', 'try', 'start'] as const;

/** A checklist from the sandbox to the first real post: what is done, what is open, and where to do it. */
export function GoLivePage() {
  const { steps, facts, error } = useLiveSteps();
  const isLive = facts?.profile === 'live';
  const isDone = steps?.every(({ state }) => state === 'done') === true;
  return (
    <Page
      title={t('tour:live.title')}
      description={
        isDone ? t('tour:live.allDone') : isLive ? t('tour:live.descriptionLive') : t('tour:live.description')
      }
      width={860}
    >
      {error !== null && <Failure error={error} />}
      {steps === undefined && error === null && (
        <Panel flush>
          <LoadingRows rows={8} height={72} />
        </Panel>
      )}
      {steps !== undefined && facts !== undefined && (
        <>
          <DoneSoFar steps={steps} />
          {(isLive ? liveOrder : sandboxOrder).map((group) => (
            <Panel
              key={group}
              title={t(`tour:live.group.${group}`)}
              description={group === 'setUp' && !isLive ? t('tour:live.later') : undefined}
              flush
            >
              {steps
                .filter((step) => step.group === group)
                .map((step) => (
                  <Step key={step.name} step={step} facts={facts} />
                ))}
            </Panel>
          ))}
        </>
      )}
    </Page>
  );
}

function DoneSoFar({ steps }: { steps: readonly LiveStep[] }) {
  const done = steps.filter(({ state }) => state === 'done').length;
  const words = t('tour:live.progress', { done, all: steps.length });
  return (
    <Group gap="md" wrap="nowrap">
      <Progress value={(done / steps.length) * 100} color="teal" flex={1} aria-label={words} />
      <Text size="sm" fw={600} className="tabular">
        {words}
      </Text>
    </Group>
  );
}

const looks = {
  done: { icon: IconCheck, color: 'teal' },
  open: { icon: IconCircle, color: 'iris' },
  later: { icon: IconClock, color: 'gray' },
} as const satisfies Record<LiveStepState, object>;

function Step({ step: { name, state }, facts }: { step: LiveStep; facts: LiveFacts }) {
  const { icon: Icon, color } = looks[state];
  return (
    <Group className={classes.liveStep} wrap="nowrap" gap="md" data-testid={`live-${name}`} data-state={state}>
      <ThemeIcon variant="light" color={color} size={34} radius="xl" aria-hidden>
        <Icon size={18} stroke={1.8} />
      </ThemeIcon>
      <Box flex={1} style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600} size="sm">
            {t(`tour:live.${name}.title`)}
          </Text>
          {state !== 'later' && (
            <Badge color={color} size="sm">
              {t(`tour:live.${state}`)}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {messageOf(name, facts)}
        </Text>
        {name === 'start' && state === 'open' && !isDesktop && <Command />}
      </Box>
      {state !== 'later' && <Box className={classes.liveAction}>{actionOf(name, state)}</Box>}
    </Group>
  );
}

/** What a step is for; of a key that was entered, how it can be recognised. */
function messageOf(name: LiveStepName, { profile, credentials }: LiveFacts): string {
  if (name === 'start') {
    if (profile === 'live') return t('tour:live.start.messageLive');
    return isDesktop ? t('tour:live.start.messageDesktop') : t('tour:live.start.message');
  }
  if (name === 'approve' && profile === 'live') return t('tour:live.approve.messageLive');
  const key = profile === 'live' ? credentials.find(({ provider }) => provider === name) : undefined;
  if (key?.source === 'environment') return t('tour:live.environment');
  if (key?.configured === true && key.hint !== null) return t('tour:live.ending', { hint: key.hint });
  return t(`tour:live.${name}.message`);
}

function actionOf(name: LiveStepName, state: LiveStepState): ReactNode {
  const variant = state === 'done' ? 'subtle' : 'default';
  switch (name) {
    case 'approve':
      return (
        <ButtonLink to="/review" size="xs" variant={variant}>
          {t('tour:live.approve.action')}
        </ButtonLink>
      );
    case 'stop':
      return (
        <Button size="xs" variant={variant} onClick={showKillSwitch}>
          {t('tour:live.stop.action')}
        </Button>
      );
    case 'start':
      return null;
    case 'client':
      return (
        <ButtonLink to="/clients" search={state === 'done' ? {} : { add: true }} size="xs" variant={variant}>
          {state === 'done' ? t('common:action.open') : t('tour:live.client.action')}
        </ButtonLink>
      );
    case 'accounts':
      return (
        <ButtonLink to="/clients" size="xs" variant={variant}>
          {t('tour:live.accounts.action')}
        </ButtonLink>
      );
    case 'backups':
      return (
        <ButtonLink to="/settings" search={{ tab: 'data' }} size="xs" variant={variant}>
          {t('tour:live.backups.action')}
        </ButtonLink>
      );
    default:
      return (
        <ButtonLink to="/settings" search={{ tab: 'connections' }} size="xs" variant={variant}>
          {state === 'done' ? t('common:action.open') : t('tour:live.enter')}
        </ButtonLink>
      );
  }
}

function showKillSwitch(): void {
  preloadStopDialogs({ scope: 'global', id: null });
  askToStop(true);
}

function Command() {
  return (
    <Group gap={6} mt={8}>
      <Code className={classes.command}>{liveCommand}</Code>
      <CopyButton value={liveCommand}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
          >
            {copied ? t('common:action.copied') : t('common:action.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
