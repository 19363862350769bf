import { Collapse, Group, Stack, TagsInput, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
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
import { orpc } from '../../../api/client.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type Draft, type DraftTarget, isStoryOn, mediaOn } from './draft.ts';
import { TagPlaces } from './TagPlaces.tsx';

/** What Instagram's feed has beside the text: tagged people, collaborators and a place. Nothing where the post does not go there. */
export function InstagramFields({
  clientId,
  draft,
  onChange,
}: {
  clientId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  const targets = draft.targets.filter(isInFeed);
  const [target] = targets;
  const [isOpen, setOpen] = useState(target !== undefined && hasTagging(target.options));
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  if (target === undefined) return null;
  const { options } = target;
  /** Places are taken only from accounts that are reached through their Page. */
  const takesPlace = (id: string) =>
    accounts.data?.items.some((account) => account.id === id && account.via === 'facebook') ?? false;
  const change = (tagging: Tagging, isFor: (accountId: string) => boolean = () => true) =>
    onChange({
      targets: draft.targets.map((each) =>
        isInFeed(each) && isFor(each.accountId) ? { ...each, options: withTagging(each.options, tagging) } : each,
      ),
    });
  const locationId = targets.find((each) => each.options.locationId !== undefined)?.options.locationId;
  const changePlace = (place: string | undefined) =>
    change({ locationId: place }, place === undefined ? undefined : takesPlace);
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
            onChange={(names) => change(withNames(options, usernames(names)))}
            maxTags={taggingLimits.userTags}
            splitChars={[',', ' ']}
          />
          <TagPlaces media={mediaOn(draft, target)} tagging={options} onChange={(tagPlaces) => change({ tagPlaces })} />
          <TagsInput
            label={t('composer:instagram.collaborators')}
            description={t('composer:instagram.collaboratorsHow', { count: taggingLimits.collaborators })}
            placeholder={t('composer:instagram.username')}
            value={[...(options.collaborators ?? [])]}
            onChange={(names) => change({ collaborators: usernames(names) })}
            maxTags={taggingLimits.collaborators}
            splitChars={[',', ' ']}
          />
          {(locationId !== undefined || targets.some(({ accountId }) => takesPlace(accountId))) && (
            <TextInput
              label={t('composer:instagram.place')}
              description={t('composer:instagram.placeHow')}
              placeholder="7640348500"
              inputMode="numeric"
              value={locationId ?? ''}
              onChange={(event) => changePlace(event.currentTarget.value.trim() || undefined)}
            />
          )}
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
    case 'twice':
      return t('composer:instagram.fault.twice', { name: fault.name });
    case 'notTagged':
      return t('composer:instagram.fault.notTagged', { name: fault.name });
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

/** Other people tagged; who is no longer leaves no place behind. */
function withNames({ tagPlaces }: Tagging, names: string[] | undefined): Tagging {
  const kept = tagPlaces?.filter(({ username }) => names?.includes(username));
  return { userTags: names, tagPlaces: kept?.length === 0 ? undefined : kept };
}

/** What is emptied is left out. */
function withTagging(options: TargetOptions, tagging: Tagging): TargetOptions {
  const entries = Object.entries({ ...options, ...tagging }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as TargetOptions;
}
