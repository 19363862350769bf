import { Autocomplete, CloseButton, Group, Stack, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n/i18n.ts';
import { needKinds } from '../../../../shared/domain/need.ts';
import { postGroupNames } from '../post-groups.ts';
import { type FilterContext, type Hint, parseFilter, printFilter, termsOf } from './language.ts';
import { type PostFilter, searchOf } from './post-filter.ts';
import { spanNames } from './spans.ts';
import { type Suggestion, suggestionsFor } from './suggestions.ts';

const pauseMs = 250;

/** The whole filter as one line of text, with what could come next. What means nothing gets a hint and does nothing. */
export function FilterField({
  filter,
  context,
  isReady,
  onChange,
}: {
  filter: PostFilter;
  context: FilterContext;
  /** Names of clients are known. */
  isReady: boolean;
  onChange: (filter: PostFilter) => void;
}) {
  const printed = printFilter(filter, context);
  const [typed, setTyped] = useState(printed);
  const [isFocused, setFocused] = useState(false);
  const [opened, setOpened] = useState(false);
  /** Nothing was typed since Enter. */
  const [isSettled, setSettled] = useState(false);
  const understood = parseFilter(typed, context);

  const apply = (text: string) => {
    const next = parseFilter(text, context).filter;
    if (!isSame(next, filter)) onChange(next);
  };
  const applySoon = useDebouncedCallback(apply, pauseMs);
  // Whatever else changed the filter is said here too, but never over what is being typed.
  useEffect(() => {
    if (isReady && !isFocused) setTyped(printed);
  }, [printed, isReady, isFocused]);

  const suggestions = new Map(suggestionsFor(typed, context).map((suggestion) => [suggestion.text, suggestion]));
  const set = (text: string) => {
    setTyped(text);
    setSettled(false);
    applySoon(text);
  };
  const hints = isReady ? shownHints(understood.hints, isFocused && !isSettled ? typed : null) : [];
  return (
    <Stack gap={4} style={{ flex: 1, minWidth: 240 }}>
      <Autocomplete
        aria-label={t('posts:filter.label')}
        placeholder={t('posts:filter.placeholder')}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          typed !== '' && <CloseButton size="sm" aria-label={t('posts:filter.clear')} onClick={() => set('')} />
        }
        rightSectionPointerEvents="all"
        value={typed}
        data={[...suggestions.keys()]}
        filter={({ options }) => options}
        comboboxProps={{ withinPortal: false }}
        maxLength={1_000}
        dropdownOpened={opened && suggestions.size > 0}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        renderOption={({ option }) => <Offer suggestion={suggestions.get(option.value)} />}
        onChange={set}
        onOptionSubmit={(text) => {
          // Behind `client:` comes its value.
          if (suggestions.get(text)?.value === null) setTimeout(() => setOpened(true));
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          apply(typed);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          setSettled(true);
          apply(typed);
        }}
        data-testid="post-filter"
      />
      <div role="status">
        {hints.map((hint) => (
          <Text key={`${hint.key}:${hint.value}`} size="xs" c="orange">
            {hintWords(hint)}
          </Text>
        ))}
      </div>
    </Stack>
  );
}

function Offer({ suggestion }: { suggestion: Suggestion | undefined }) {
  if (suggestion === undefined) return null;
  const { key, value, term } = suggestion;
  const span = spanNames.find((name) => key === 'date' && name === value);
  const about = value === null ? t(`posts:filter.key.${key}`) : span && t(`posts:filter.span.${span}`);
  return (
    <Group justify="space-between" gap="md" wrap="nowrap" flex={1}>
      <Text size="sm" ff="monospace" dir="ltr" truncate>
        {term}
      </Text>
      <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
        {about}
      </Text>
    </Group>
  );
}

/** Who is still typing a word is not told that it means nothing. */
function shownHints(hints: readonly Hint[], typed: string | null): readonly Hint[] {
  const last = typed === null || /\s$/.test(typed) ? undefined : termsOf(typed).at(-1);
  return hints.filter(({ key, value }) => last?.key !== key || !last.values.includes(value));
}

function hintWords({ key, value }: Hint): string {
  const names = (key === 'needs' ? needKinds : postGroupNames.filter((name) => name !== 'all')).join(', ');
  return t(`posts:filter.hint.${key}`, { value: value.slice(0, 60), names });
}

function isSame(a: PostFilter, b: PostFilter): boolean {
  return JSON.stringify(searchOf(a)) === JSON.stringify(searchOf(b));
}
