import { useMutation } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { longestPassage, type RewriteWish } from '../../../../shared/domain/rewrite.ts';
import { client as core } from '../../../api/client.ts';
import { notifyError } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';

export interface Wish {
  wish: RewriteWish;
  /** Language tag, for a translation. */
  language?: string;
}

/** The part of a text that was asked about. */
interface Passage extends Wish {
  start: number;
  before: string;
}

export interface Suggested extends Passage {
  after: string;
}

/** Asks the AI for another wording; it is shown beside the old one, and the text changes only when it is accepted. */
export function useRewrite({
  clientId,
  text,
  platform,
  area,
  onChange,
}: {
  clientId: string;
  text: string;
  platform: Platform | undefined;
  area: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
}) {
  const [suggestion, setSuggestion] = useState<Suggested>();
  const [taken, setTaken] = useState<{ before: string; after: string }>();
  /** Counts what was asked, so that an answer nobody waits for any more is not shown. */
  const turn = useRef(0);
  const request = useMutation({
    mutationFn: async ({ wish, language, before }: Passage) =>
      core.assist.rewrite({
        id: clientId,
        wish,
        text: before,
        ...(before === text ? {} : { around: text }),
        ...(language === undefined ? {} : { language }),
        ...(platform === undefined ? {} : { platform }),
      }),
    onMutate: () => turn.current,
    onSuccess: ({ text: after }, passage, asked) => {
      if (asked === turn.current) setSuggestion({ ...passage, after });
    },
  });

  const ask = (wish: Wish) => {
    const passage = { ...wish, ...marked(area.current, text) };
    if (passage.before.length > longestPassage) {
      notifyError(new Error(t('composer:assist.tooLong', { count: longestPassage })));
      return;
    }
    setSuggestion(undefined);
    setTaken(undefined);
    turn.current += 1;
    request.mutate(passage);
  };
  const accept = () => {
    if (suggestion === undefined) return;
    const { start, before, after } = suggestion;
    const end = start + before.length;
    const next = text.slice(0, start) + after + text.slice(end);
    setSuggestion(undefined);
    setTaken({ before: text, after: next });
    replace(area.current, { start, end, after, next }, onChange);
  };

  return {
    suggestion,
    isWorking: request.isPending,
    /** The text was changed since, so that the suggestion has no place in it any more. */
    isStale: suggestion !== undefined && !text.startsWith(suggestion.before, suggestion.start),
    ask,
    accept,
    again: () => {
      if (suggestion !== undefined) request.mutate(suggestion);
    },
    dismiss: () => {
      turn.current += 1;
      request.reset();
      setSuggestion(undefined);
      area.current?.focus();
    },
    /** Takes back what was accepted, as long as nothing was typed since. */
    undo:
      taken?.after === text
        ? () => {
            setTaken(undefined);
            onChange(taken.before);
            area.current?.focus();
          }
        : undefined,
  };
}

/** What is marked in the field, else all of it. */
function marked(area: HTMLTextAreaElement | null, text: string): { start: number; before: string } {
  const { selectionStart: start, selectionEnd: end } = area ?? { selectionStart: 0, selectionEnd: 0 };
  const part = text.slice(start, end);
  return part.trim() === '' ? { start: 0, before: text } : { start, before: part };
}

/** As if it were typed, so that the browser's own undo takes it back too. */
function replace(
  area: HTMLTextAreaElement | null,
  { start, end, after, next }: { start: number; end: number; after: string; next: string },
  onChange: (text: string) => void,
): void {
  area?.focus();
  area?.setSelectionRange(start, end);
  // Deprecated by name only: nothing else writes into a field and keeps its history.
  const isTyped = area !== null && document.execCommand('insertText', false, after);
  if (!isTyped) onChange(next);
  area?.setSelectionRange(start, start + after.length);
}
