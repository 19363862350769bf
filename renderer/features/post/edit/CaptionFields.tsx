import { Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconPencilPlus } from '@tabler/icons-react';
import type { Problem } from '../../../../shared/contract/common.ts';
import { findBannedTerms } from '../../../../shared/domain/banned-terms.ts';
import { captionLimits, captionProblems, composeText } from '../../../../shared/domain/captions.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { problemOf } from '../../../api/errors.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import type { Draft, DraftTarget } from './draft.ts';

/** The caption for all networks, and the networks that say it in their own words. */
export function CaptionFields({
  draft,
  onChange,
  problems,
  terms,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problems: readonly Problem[];
  terms: readonly string[];
}) {
  const common = draft.targets.filter(({ caption }) => caption === null);
  const own = draft.targets.filter(({ caption }) => caption !== null);
  const setOwn = (accountId: string, caption: string | null) =>
    onChange({
      targets: draft.targets.map((target) => (target.accountId === accountId ? { ...target, caption } : target)),
    });

  return (
    <Stack gap="md">
      <Textarea
        label="Caption"
        description={own.length > 0 && common.length > 0 ? `For ${names(common)}.` : undefined}
        minRows={5}
        maxRows={16}
        value={draft.caption}
        onChange={(event) => onChange({ caption: event.currentTarget.value })}
        error={problemOf(problems, 'caption') ?? bannedNote(draft.caption, terms)}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      <Group justify="space-between" gap="xs" mt={-8}>
        <Group gap="md">
          {common.map((target) => (
            <Counter key={target.accountId} target={target} text={composeText(draft.caption, draft.hashtags)} />
          ))}
        </Group>
        {common.length > 0 && draft.targets.length > 1 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-xs" variant="subtle" leftSection={<IconPencilPlus size={14} />}>
                Different text for…
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {common.map((target) => (
                <Menu.Item
                  key={target.accountId}
                  leftSection={<PlatformIcon platform={target.platform} />}
                  onClick={() => setOwn(target.accountId, draft.caption)}
                >
                  {platformNames[target.platform]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {own.map((target) => (
        <div key={target.accountId}>
          <Textarea
            label={`Caption on ${platformNames[target.platform]}`}
            minRows={3}
            maxRows={12}
            value={target.caption ?? ''}
            onChange={(event) => setOwn(target.accountId, event.currentTarget.value)}
            error={problemOf(problems, `caption.${target.platform}`) ?? bannedNote(target.caption ?? '', terms)}
          />
          <Group justify="space-between" mt={6}>
            <Counter target={target} text={composeText(target.caption ?? '', draft.hashtags)} />
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconArrowBackUp size={14} />}
              onClick={() => setOwn(target.accountId, null)}
            >
              Use the common caption
            </Button>
          </Group>
        </div>
      ))}
    </Stack>
  );
}

/** How much of a network's limit the whole text takes, and what it breaks. */
function Counter({ target, text }: { target: DraftTarget; text: string }) {
  const problems = captionProblems(target.platform, text);
  const limit = captionLimits[target.platform].length;
  return (
    <Text
      size="xs"
      c={problems.length > 0 ? 'red' : 'dimmed'}
      className="tabular"
      title={problems.join(' ')}
      component="span"
      style={{ display: 'inline-flex', alignItems: 'center', gap: 5 }}
    >
      <PlatformIcon platform={target.platform} size={14} labelled />
      {text.length.toLocaleString('en-US')} / {limit.toLocaleString('en-US')}
      {problems.length > 0 && <span>{problems[0]}</span>}
    </Text>
  );
}

function bannedNote(text: string, terms: readonly string[]): string | undefined {
  const said = [...new Set(findBannedTerms(text, terms).map(({ term }) => `“${term}”`))];
  return said.length === 0 ? undefined : `This brand never says ${said.join(', ')}.`;
}

function names(targets: readonly DraftTarget[]): string {
  return targets.map(({ platform }) => platformNames[platform]).join(' and ');
}
