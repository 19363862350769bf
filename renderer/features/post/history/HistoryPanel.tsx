import { Anchor, Button, Collapse, Group, Skeleton, Text, Timeline, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import type { HistoryEntry } from '../../../../shared/contract/review.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { formatDayTime, formatSeconds, withLocalTimes } from '../../../components/format.ts';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import { lookOf } from './history-looks.ts';
import { historyActor, stepWords, titleOf } from './history-words.ts';
import classes from './history.module.css';

/** Shown before somebody asks for the rest. */
const shownAtFirst = 8;

/** All that happened to the post, the latest first. */
export function HistoryPanel({ post }: { post: Post }) {
  const history = useQuery(orpc.review.history.queryOptions({ input: { id: post.id } }));
  const [isWhole, setWhole] = useState(false);
  const entries = history.data?.items ?? [];
  const shown = isWhole ? entries : entries.slice(0, shownAtFirst);
  const hidden = entries.length - shown.length;
  return (
    <Panel title={t('post:history.title')} data-testid="history">
      {history.isPending && <Skeleton height={120} radius="md" />}
      {history.isError && <Failure error={history.error} retry={() => void history.refetch()} />}
      <Timeline bulletSize={24} lineWidth={2} active={-1} classNames={{ item: classes.item }}>
        {shown.map((entry) => {
          const { icon: Icon, color } = lookOf(entry);
          return (
            <Timeline.Item
              key={entry.id}
              bullet={<Icon size={14} stroke={1.8} color={`var(--mantine-color-${color}-6)`} aria-hidden />}
            >
              <Entry entry={entry} zone={post.timezone} />
            </Timeline.Item>
          );
        })}
      </Timeline>
      {hidden > 0 && (
        <Button variant="subtle" size="xs" mt="md" onClick={() => setWhole(true)}>
          {t('post:history.earlier', { count: hidden })}
        </Button>
      )}
    </Panel>
  );
}

function Entry({ entry, zone }: { entry: HistoryEntry; zone: string }) {
  const { kind, at, actor, accountName, words, from, to, link, attempt } = entry;
  const title = titleOf(entry);
  return (
    <div data-kind={kind}>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="baseline">
        <Text size="sm" lh={1.45}>
          {title}
        </Text>
        {link !== null && (
          <Anchor href={link} target="_blank" rel="noreferrer" size="xs" className={classes.link}>
            {t('common:action.open')} <IconExternalLink size={12} aria-hidden />
          </Anchor>
        )}
      </Group>
      {from !== null && to !== null && (
        <Text size="sm" c="dimmed">
          {t('post:history.moved', { from: formatDayTime(from, zone), to: formatDayTime(to, zone) })}
        </Text>
      )}
      {words !== null && kind !== 'other' && (
        <Text size="sm" c="dimmed" className={classes.words}>
          {kind === 'rejected' ? words : withLocalTimes(words)}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt={2}>
        {metaOf(at, attempt === null ? actor : null, accountName)}
      </Text>
      {attempt !== null && <Steps entry={entry} title={title} />}
    </div>
  );
}

/** When, and by whom or on which account. */
function metaOf(at: string, actor: string | null, accountName: string | null): string {
  const when = formatDayTime(at);
  const name = actor === null ? accountName : historyActor(actor);
  return name === null ? when : t('post:history.by', { when, name });
}

/** How an attempt went, for whoever wants to know exactly. */
function Steps({ entry: { attempt, platform }, title }: { entry: HistoryEntry; title: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (attempt === null || attempt.steps.length === 0) return null;
  const network = platform === null ? '' : platformNames[platform];
  return (
    <>
      <UnstyledButton
        className={classes.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('post:history.stepsOf', { what: title })}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronDown size={13} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        {t('post:history.steps')}
        {attempt.number > 1 && (
          <Text span c="dimmed" inherit>
            {t('post:history.attempt.number', { number: attempt.number })}
          </Text>
        )}
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id}>
        <ol className={classes.steps}>
          {attempt.steps.map((step) => (
            <li key={`${step.at} ${step.kind}`}>
              <span className="tabular">{formatSeconds(step.at)}</span>
              <span>{stepWords(step, network)}</span>
            </li>
          ))}
        </ol>
      </Collapse>
    </>
  );
}
