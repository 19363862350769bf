import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBolt,
  IconCalendarTime,
  IconChartBar,
  IconCheck,
  IconCircleDashed,
  IconCloudCheck,
  IconInbox,
  IconMessageCircle,
  IconPencil,
  IconPhoto,
  IconPoint,
  IconRefresh,
  IconRobot,
  IconSend,
  IconShieldCheck,
  IconTrash,
  IconUserQuestion,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { HistoryEntry } from '../../../../shared/contract/review.ts';

interface Look {
  icon: Icon;
  color: string;
}

const looks: Partial<Record<HistoryEntry['kind'], Look>> = {
  written: { icon: IconRobot, color: 'grape' },
  created: { icon: IconPencil, color: 'gray' },
  pictured: { icon: IconPhoto, color: 'grape' },
  edited: { icon: IconPencil, color: 'iris' },
  variants: { icon: IconRobot, color: 'grape' },
  consented: { icon: IconShieldCheck, color: 'gray' },
  approved: { icon: IconCheck, color: 'teal' },
  rejected: { icon: IconX, color: 'red' },
  reopened: { icon: IconArrowBackUp, color: 'iris' },
  rescheduled: { icon: IconCalendarTime, color: 'iris' },
  deleted: { icon: IconTrash, color: 'gray' },
  restored: { icon: IconArrowBackUp, color: 'iris' },
  asked_now: { icon: IconBolt, color: 'iris' },
  retried: { icon: IconRefresh, color: 'iris' },
  at_risk: { icon: IconAlertTriangle, color: 'orange' },
  risk_gone: { icon: IconShieldCheck, color: 'teal' },
  held: { icon: IconUserQuestion, color: 'orange' },
  live: { icon: IconCloudCheck, color: 'teal' },
  delivered: { icon: IconInbox, color: 'teal' },
  comment_failed: { icon: IconMessageCircle, color: 'red' },
  mismatch: { icon: IconAlertTriangle, color: 'red' },
  resolved: { icon: IconUserQuestion, color: 'iris' },
  figures: { icon: IconChartBar, color: 'gray' },
};

const outcomes: Record<NonNullable<HistoryEntry['attempt']>['outcome'], Look> = {
  live: { icon: IconCloudCheck, color: 'teal' },
  delivered: { icon: IconInbox, color: 'teal' },
  waiting: { icon: IconCircleDashed, color: 'blue' },
  refused: { icon: IconX, color: 'red' },
  not_sent: { icon: IconSend, color: 'orange' },
  unclear: { icon: IconUserQuestion, color: 'orange' },
};

const levels: Record<HistoryEntry['level'], Look> = {
  info: { icon: IconPoint, color: 'gray' },
  warning: { icon: IconAlertTriangle, color: 'orange' },
  error: { icon: IconX, color: 'red' },
};

/** The sign and colour of what happened. */
export function lookOf({ kind, level, attempt }: HistoryEntry): Look {
  if (attempt !== null) {
    const look = outcomes[attempt.outcome];
    return attempt.kind === 'first_comment' && attempt.outcome === 'live' ? { ...look, icon: IconMessageCircle } : look;
  }
  return looks[kind] ?? levels[level];
}
