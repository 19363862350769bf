import { Button, Group, Text } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { t } from '../../i18n/i18n.ts';
import { type Draft, type DraftTarget, isStoryOn, storyFaultsOf } from '../post/edit/draft.ts';
import { storyFaultWords } from '../post/edit/StoryField.tsx';
import { missingChoice } from '../post/tiktok-choices.ts';
import type { Composer } from './use-composer.ts';

/** Creating the post, for review or scheduled at once; says what is still missing. */
export function ComposerActions({ composer }: { composer: Composer }) {
  const missing = whatIsMissing(composer);
  return (
    <Group justify="flex-end" gap="sm">
      {missing !== null && (
        <Text size="sm" c="dimmed" me="auto" role="status">
          {missing}
        </Text>
      )}
      <Button
        variant="default"
        disabled={missing !== null}
        loading={composer.isSaving}
        onClick={() => composer.submit(false)}
        data-testid="create"
      >
        {t('composer:action.forReview')}
      </Button>
      <Button
        leftSection={<IconCalendarCheck size={18} />}
        disabled={missing !== null}
        loading={composer.isSaving}
        onClick={() => composer.submit(true)}
        data-testid="create-approve"
      >
        {t('composer:action.approve')}
      </Button>
    </Group>
  );
}

function whatIsMissing({ draft, scheduledFor }: Composer): string | null {
  if (draft.targets.length === 0) return t('composer:missing.account');
  if (draft.caption.trim() === '' && draft.media.length === 0) return t('composer:missing.content');
  if (scheduledFor === null) return t('composer:missing.time');
  return draft.targets.map((target) => missingOf(draft, target)).find((missing) => missing !== null) ?? null;
}

function missingOf(draft: Draft, target: DraftTarget): string | null {
  const [fault] = isStoryOn(target) ? storyFaultsOf(draft, target) : [];
  return fault === undefined ? missingChoice(target.options) : storyFaultWords(fault);
}
