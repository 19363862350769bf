import { Collapse, Group, Stack, TagsInput, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { TargetOptions } from '../../../../shared/contract/pipeline.ts';
import {
  normalizeUsername,
  type Tagging,
  type TaggingFault,
  taggingFaults,
  taggingLimits,
} from '../../../../shared/domain/tagging.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type DraftTarget, isStoryOn } from './draft.ts';

/** What Instagram's feed has beside the text: tagged people, collaborators and a place. Nothing where the post does not go there. */
export function InstagramFields({
  targets,
  onChange,
}: {
  targets: readonly DraftTarget[];
  onChange: (targets: DraftTarget[]) => void;
}) {
  const options = targets.find(isInFeed)?.options;
  const [isOpen, setOpen] = useState(options !== undefined && hasTagging(options));
  if (options === undefined) return null;
  const change = (tagging: Tagging) =>
    onChange(
      targets.map((target) =>
        isInFeed(target) ? { ...target, options: withTagging(target.options, tagging) } : target,
      ),
    );
  const [fault] = taggingFaults(options);
  return (
    <div>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        <Group gap={6}>
          {isOpen ? (
            <IconChevronDown size={15} aria-hidden />
          ) : (
            <IconChevronRight size={15} className="flip-rtl" aria-hidden />
          )}
          <PlatformIcon platform="instagram" size={16} />
          <Text size="sm" fw={600}>
            {t('composer:instagram.title')}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap="md" mt="sm" ps="lg">
          <TagsInput
            label={t('composer:instagram.people')}
            description={t('composer:instagram.peopleHow')}
            placeholder={t('composer:instagram.username')}
            value={[...(options.userTags ?? [])]}
            onChange={(names) => change({ userTags: usernames(names) })}
            maxTags={taggingLimits.userTags}
            splitChars={[',', ' ']}
          />
          <TagsInput
            label={t('composer:instagram.collaborators')}
            description={t('composer:instagram.collaboratorsHow', { count: taggingLimits.collaborators })}
            placeholder={t('composer:instagram.username')}
            value={[...(options.collaborators ?? [])]}
            onChange={(names) => change({ collaborators: usernames(names) })}
            maxTags={taggingLimits.collaborators}
            splitChars={[',', ' ']}
          />
          <TextInput
            label={t('composer:instagram.place')}
            description={t('composer:instagram.placeHow')}
            placeholder="7640348500"
            inputMode="numeric"
            value={options.locationId ?? ''}
            onChange={(event) => change({ locationId: event.currentTarget.value.trim() || undefined })}
          />
          {fault !== undefined && (
            <Text size="xs" c="red" role="alert">
              {faultWords(fault)}
            </Text>
          )}
        </Stack>
      </Collapse>
    </div>
  );
}

function isInFeed(target: DraftTarget): boolean {
  return target.platform === 'instagram' && !isStoryOn(target);
}

function faultWords(fault: TaggingFault): string {
  switch (fault.kind) {
    case 'username':
      return t('composer:instagram.fault.username', { name: fault.name });
    case 'userTags':
      return t('composer:instagram.fault.people', { is: fault.is, most: fault.most });
    case 'collaborators':
      return t('composer:instagram.fault.collaborators', { is: fault.is, most: fault.most });
    case 'place':
      return t('composer:instagram.fault.place');
  }
}

function usernames(names: readonly string[]): string[] | undefined {
  const found = [...new Set(names.map(normalizeUsername))].filter((name) => name !== '');
  return found.length === 0 ? undefined : found;
}

function hasTagging({ userTags, collaborators, locationId }: TargetOptions): boolean {
  return userTags !== undefined || collaborators !== undefined || locationId !== undefined;
}

/** What is emptied is left out. */
function withTagging(options: TargetOptions, tagging: Tagging): TargetOptions {
  const entries = Object.entries({ ...options, ...tagging }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as TargetOptions;
}
