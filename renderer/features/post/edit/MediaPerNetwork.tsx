import { ActionIcon, Button, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { isStory } from '../../../../shared/domain/story.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type Draft, type DraftTarget, mediaOn, withOptions } from './draft.ts';
import classes from './MediaField.module.css';

/** Which of the post's files each network gets, in which order. Nothing with less than two files. */
export function MediaPerNetwork({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const hasChoice = draft.targets.some(({ options }) => options.media !== undefined);
  const [isOpen, setOpen] = useState(hasChoice);
  if (draft.media.length < 2 || draft.targets.length === 0) return null;
  return (
    <div>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} mt={8}>
        <Group gap={6}>
          {isOpen ? (
            <IconChevronDown size={15} aria-hidden />
          ) : (
            <IconChevronRight size={15} className="flip-rtl" aria-hidden />
          )}
          <Text size="sm" fw={600}>
            {t('composer:media.perNetwork')}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap="sm" mt="sm">
          {draft.targets.map((target) => (
            <Choice key={target.accountId} draft={draft} target={target} onChange={onChange} />
          ))}
        </Stack>
      </Collapse>
    </div>
  );
}

function Choice({
  draft,
  target,
  onChange,
}: {
  draft: Draft;
  target: DraftTarget;
  onChange: (change: Partial<Draft>) => void;
}) {
  const all = draft.media.map(({ id }) => id);
  const chosen = target.options.media ?? all;
  const network = platformNames[target.platform];
  const goes = mediaOn(draft, target);
  const choose = (media: string[] | undefined) => onChange(withOptions(draft, target.accountId, { media }));
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const shown = [...chosen, ...all.filter((id) => !chosen.includes(id))];
  return (
    <div role="group" aria-label={t('composer:media.goesTo', { network })}>
      <Group gap={8} mb={6}>
        <PlatformIcon platform={target.platform} size={16} />
        <Text size="sm" fw={500}>
          {target.accountName}
        </Text>
        <Text size="xs" c="dimmed">
          {whatGoes(target, goes)}
        </Text>
        {target.options.media !== undefined && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => choose(undefined)}>
            {t('composer:media.asPost')}
          </Button>
        )}
      </Group>
      <Group gap={8}>
        {shown.map((id, index) => {
          const item = draft.media.find((each) => each.id === id);
          const isChosen = chosen.includes(id);
          const name = item?.name ?? t('composer:media.file', { number: all.indexOf(id) + 1 });
          return (
            <div key={id} className={classes.choice} data-chosen={isChosen || undefined}>
              <UnstyledButton
                role="checkbox"
                aria-checked={isChosen}
                aria-label={t('composer:media.onNetwork', { name, network })}
                onClick={() => toggle(id)}
              >
                <MediaThumb media={item} size={56} />
                {isChosen && <IconCheck size={14} className={classes.check} aria-hidden />}
              </UnstyledButton>
              {isChosen && index > 0 && (
                <ActionIcon
                  size="xs"
                  variant="white"
                  color="dark"
                  className={classes.forward}
                  aria-label={t('composer:media.earlierOn', { name, network })}
                  onClick={() => choose(moved(chosen, index))}
                >
                  <IconArrowLeft size={12} className="flip-rtl" />
                </ActionIcon>
              )}
            </div>
          );
        })}
      </Group>
    </div>
  );
}

function moved(ids: readonly string[], index: number): string[] {
  const next = [...ids];
  next.splice(index - 1, 0, ...next.splice(index, 1));
  return next;
}

/** What becomes of the files there: networks do not take every mix. */
function whatGoes({ platform, options }: DraftTarget, goes: Draft['media']): string {
  const [first] = goes;
  if (first === undefined) return t('composer:media.goesNone');
  if (isStory(options))
    return goes.length === 1 ? t('composer:story.name') : t('common:count.files', { count: goes.length });
  if (platform === 'tiktok')
    return first.kind === 'video' ? t('composer:media.goesVideo') : t('composer:media.goesClip');
  if (first.kind === 'video') return t('composer:media.goesReel');
  return t('common:count.pictures', { count: goes.length });
}
