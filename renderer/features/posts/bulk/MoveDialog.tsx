import '@mantine/dates/styles.css';
import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { useFocusBack } from '../../../components/use-focus-back.ts';
import { t } from '../../../i18n/i18n.ts';
import { dayFromToday } from '../post-range.ts';
import { movedBy, movedTo } from './plan.ts';

interface Moved {
  id: string;
  scheduledFor: string;
}

/** Moves posts by the same stretch of time, or all to one day. Approvals stay. */
export function MoveDialog({
  posts,
  onClose,
  onMove,
}: {
  posts: readonly Post[];
  onClose: () => void;
  onMove: (moved: Moved[]) => void;
}) {
  useFocusBack();
  const [how, setHow] = useState<'by' | 'toDay'>('by');
  const [days, setDays] = useState(1);
  const [hours, setHours] = useState(0);
  const [day, setDay] = useState<string | null>(dayFromToday(1));
  const moved = posts.flatMap((post): Moved[] => {
    if (how === 'toDay' && day === null) return [];
    const scheduledFor = how === 'by' ? movedBy(post, days, hours) : movedTo(post, day ?? '');
    return Date.parse(scheduledFor) === Date.parse(post.scheduledFor) ? [] : [{ id: post.id, scheduledFor }];
  });
  const ahead = moved.filter(({ scheduledFor }) => Date.parse(scheduledFor) > Date.now());
  const past = moved.length - ahead.length;
  return (
    <Modal opened onClose={onClose} title={t('posts:bulk.moveDialog.title', { count: posts.length })}>
      <Stack>
        <SegmentedControl
          aria-label={t('posts:bulk.moveDialog.how')}
          value={how}
          onChange={(name) => setHow(name as typeof how)}
          data={[
            { value: 'by', label: t('posts:bulk.moveDialog.by') },
            { value: 'toDay', label: t('posts:bulk.moveDialog.toDay') },
          ]}
        />
        {how === 'by' ? (
          <Group grow>
            <NumberInput
              label={t('posts:bulk.moveDialog.days')}
              min={-365}
              max={365}
              allowDecimal={false}
              value={days}
              onChange={(value) => setDays(Number(value) || 0)}
              data-autofocus
            />
            <NumberInput
              label={t('posts:bulk.moveDialog.hours')}
              min={-23}
              max={23}
              allowDecimal={false}
              value={hours}
              onChange={(value) => setHours(Number(value) || 0)}
            />
          </Group>
        ) : (
          <DatePickerInput
            label={t('posts:bulk.moveDialog.day')}
            minDate={dayFromToday(0)}
            weekendDays={[]}
            value={day}
            onChange={setDay}
          />
        )}
        <Text size="sm" c="dimmed">
          {t(how === 'by' ? 'posts:bulk.moveDialog.byHint' : 'posts:bulk.moveDialog.toDayHint')}
        </Text>
        {past > 0 && (
          <Text size="sm" c="orange" role="status">
            {t('posts:bulk.moveDialog.past', { count: past })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button disabled={ahead.length === 0} onClick={() => onMove(ahead)}>
            {t('posts:bulk.moveDialog.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
