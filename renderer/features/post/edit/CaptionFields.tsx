import { Button, Center, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconPencilPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '../../../../shared/contract/common.ts';
import { findBannedTerms } from '../../../../shared/domain/banned-terms.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { problemOf } from '../../../api/errors.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { currentLocale, t } from '../../../i18n/i18n.ts';
import { Assist } from '../assist/Assist.tsx';
import { Counters } from './Counters.tsx';
import { type Draft, type DraftTarget, isOnlyStories, isStoryOn } from './draft.ts';
import { MarkedTextarea } from './MarkedTextarea.tsx';

const common = '';

/** The text for all networks, and, on tabs of their own, the networks that say it in their own words. */
export function CaptionFields({
  clientId,
  draft,
  onChange,
  problems,
  terms,
  onShow,
}: {
  clientId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problems: readonly Problem[];
  terms: readonly string[];
  /** Which account's preview goes with what is being written. */
  onShow?: (accountId: string) => void;
}) {
  const [chosen, setChosen] = useState(common);
  const target = draft.targets.find(({ accountId }) => accountId === chosen);
  const show = (accountId: string) => {
    setChosen(accountId);
    if (accountId !== common) onShow?.(accountId);
  };
  const setOwn = (accountId: string, caption: string | null) =>
    onChange({
      targets: draft.targets.map((each) => (each.accountId === accountId ? { ...each, caption } : each)),
    });

  return (
    <Stack gap="sm">
      {draft.targets.length > 1 && <TextTabs draft={draft} chosen={target ? chosen : common} onChoose={show} />}
      {target === undefined ? (
        <CommonText
          clientId={clientId}
          draft={draft}
          terms={terms}
          problem={problemOf(problems, 'caption')}
          onChange={(caption) => onChange({ caption })}
        />
      ) : (
        <OwnText
          key={target.accountId}
          clientId={clientId}
          draft={draft}
          target={target}
          terms={terms}
          problem={problemOf(problems, `caption.${target.platform}`) ?? problemOf(problems, 'targets')}
          onChange={(caption) => setOwn(target.accountId, caption)}
        />
      )}
    </Stack>
  );
}

/** One tab for all, one for each account; a dot where it has words of its own. */
function TextTabs({
  draft,
  chosen,
  onChoose,
}: {
  draft: Draft;
  chosen: string;
  onChoose: (accountId: string) => void;
}) {
  const isTwice = ({ platform }: DraftTarget) =>
    draft.targets.filter((other) => other.platform === platform).length > 1;
  return (
    <SegmentedControl
      aria-label={t('composer:caption.tabs')}
      value={chosen}
      onChange={onChoose}
      size="xs"
      style={{ alignSelf: 'flex-start', maxWidth: '100%', flexWrap: 'wrap' }}
      data={[
        { value: common, label: t('composer:caption.all') },
        ...draft.targets.map((target) => ({
          value: target.accountId,
          label: (
            <Center style={{ gap: 6 }}>
              <PlatformIcon platform={target.platform} size={15} />
              <span>{isTwice(target) ? target.accountName : platformNames[target.platform]}</span>
              {target.caption !== null && <OwnDot />}
            </Center>
          ),
        })),
      ]}
    />
  );
}

function OwnDot() {
  return (
    <span
      role="img"
      aria-label={t('composer:caption.hasOwn')}
      title={t('composer:caption.hasOwn')}
      style={{ width: 7, height: 7, borderRadius: 9, background: 'var(--mantine-primary-color-filled)' }}
    />
  );
}

interface TextProps {
  clientId: string;
  draft: Draft;
  terms: readonly string[];
  problem: string | undefined;
}

function CommonText({ clientId, draft, terms, problem, onChange }: TextProps & { onChange: (text: string) => void }) {
  const readers = draft.targets.filter((target) => !isStoryOn(target));
  const sharing = readers.filter(({ caption }) => caption === null);
  return (
    <Assist clientId={clientId} text={draft.caption} onChange={onChange}>
      {(area, bar) => (
        <>
          <MarkedTextarea
            ref={area}
            label={t('composer:caption.label')}
            description={
              isOnlyStories(draft)
                ? t('composer:story.captionUnseen')
                : sharing.length < draft.targets.length
                  ? t('composer:caption.forSome', { networks: names(sharing) || t('composer:caption.nobody') })
                  : undefined
            }
            value={draft.caption}
            onChange={onChange}
            terms={terms}
            error={problem ?? bannedNote(draft.caption, terms)}
            minRows={6}
          />
          {bar}
          <Counters draft={draft} targets={sharing} />
        </>
      )}
    </Assist>
  );
}

function OwnText({
  clientId,
  draft,
  target,
  terms,
  problem,
  onChange,
}: TextProps & { target: DraftTarget; onChange: (text: string | null) => void }) {
  const network = platformNames[target.platform];
  if (isStoryOn(target)) {
    return (
      <Text size="sm" c="dimmed">
        {t('composer:story.noText')}
      </Text>
    );
  }
  if (target.caption === null) {
    return (
      <Stack gap="sm">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} lineClamp={8}>
          {draft.caption || t('composer:caption.empty')}
        </Text>
        <Group justify="space-between">
          <Counters draft={draft} targets={[target]} />
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPencilPlus size={15} />}
            onClick={() => onChange(draft.caption)}
          >
            {t('composer:caption.writeOwn', { network })}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Assist clientId={clientId} text={target.caption} platform={target.platform} onChange={onChange}>
      {(area, bar) => (
        <>
          <MarkedTextarea
            ref={area}
            label={t('composer:caption.on', { network })}
            value={target.caption ?? ''}
            onChange={onChange}
            terms={terms}
            error={problem ?? bannedNote(target.caption ?? '', terms)}
            minRows={6}
            autoFocus
          />
          {bar}
          <Group justify="space-between" align="flex-start">
            <Counters draft={draft} targets={[target]} />
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconArrowBackUp size={14} />}
              onClick={() => onChange(null)}
            >
              {t('composer:caption.useCommon')}
            </Button>
          </Group>
        </>
      )}
    </Assist>
  );
}

function bannedNote(text: string, terms: readonly string[]): string | undefined {
  const said = [...new Set(findBannedTerms(text, terms).map(({ term }) => `“${term}”`))];
  return said.length === 0 ? undefined : t('composer:caption.banned', { terms: listed(said) });
}

function names(targets: readonly DraftTarget[]): string {
  return listed([...new Set(targets.map(({ platform }) => platformNames[platform]))]);
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale()).format(words);
}
