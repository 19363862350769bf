import {
  type Icon,
  IconHandStop,
  IconKeyboard,
  IconLanguage,
  IconPencilPlus,
  IconPlayerPlay,
  IconRocket,
  IconRoute,
  IconSparkles,
  IconUserPlus,
} from '@tabler/icons-react';
import type { useNavigate } from '@tanstack/react-router';
import { type Language, languages } from '../../../shared/domain/languages.ts';
import { chooseLanguage } from '../../app/choose-language.ts';
import { language, t } from '../../i18n/i18n.ts';
import { askToStop, openResume, preloadStopDialogs } from '../control/stop-store.ts';
import { openWriteWeek } from '../posts/write-week-store.ts';
import { startTour } from '../tour/tour-store.ts';
import { type Bindings, capsFor } from './bindings.ts';
import { openShortcutHelp } from './commands-store.ts';
import type { Command } from './find-commands.ts';

export interface Offer extends Command {
  icon: Icon;
  /** Said behind the label, dimmed. */
  hint?: string;
  keys?: readonly string[];
  run: () => void;
}

const everything = { scope: 'global', id: null } as const;

/** What one can do from the palette; `isStopped` while nothing is published at all. */
export function actionsOf(navigate: ReturnType<typeof useNavigate>, isStopped: boolean, bindings: Bindings): Offer[] {
  return [
    {
      id: 'new-post',
      group: 'actions',
      label: t('app:newPost'),
      words: t('commands:words.newPost'),
      icon: IconPencilPlus,
      keys: capsFor(bindings, 'newPost'),
      run: () => void navigate({ to: '/posts/new' }),
    },
    {
      id: 'write-week',
      group: 'actions',
      label: t('commands:do.writeWeek'),
      words: t('commands:words.writeWeek'),
      icon: IconSparkles,
      run: () => openWriteWeek(),
    },
    isStopped ? resume() : stop(),
    {
      id: 'add-client',
      group: 'actions',
      label: t('commands:do.addClient'),
      words: t('commands:words.addClient'),
      icon: IconUserPlus,
      run: () => void navigate({ to: '/clients', search: { add: true } }),
    },
    {
      id: 'go-live',
      group: 'actions',
      label: t('commands:do.goLive'),
      words: t('commands:words.goLive'),
      icon: IconRocket,
      run: () => void navigate({ to: '/go-live' }),
    },
    {
      id: 'tour',
      group: 'actions',
      label: t('commands:do.tour'),
      words: t('commands:words.tour'),
      icon: IconRoute,
      run: startTour,
    },
    {
      id: 'shortcuts',
      group: 'actions',
      label: t('commands:shortcuts.title'),
      words: t('commands:words.shortcuts'),
      icon: IconKeyboard,
      keys: capsFor(bindings, 'help'),
      run: openShortcutHelp,
    },
  ];
}

/** The other languages: found by the word for language, and by their own names. */
export function languageOffers(): Offer[] {
  return (Object.keys(languages) as Language[])
    .filter((each) => each !== language())
    .map((each) => ({
      id: `language-${each}`,
      group: 'actions',
      label: t('commands:do.speak', { language: languages[each].name }),
      words: t('commands:words.speak'),
      icon: IconLanguage,
      run: () => void chooseLanguage(each),
    }));
}

function stop(): Offer {
  return {
    id: 'stop',
    group: 'actions',
    label: t('commands:do.stop'),
    words: t('commands:words.stop'),
    icon: IconHandStop,
    run: () => {
      preloadStopDialogs(everything);
      askToStop(true);
    },
  };
}

function resume(): Offer {
  return {
    id: 'resume',
    group: 'actions',
    label: t('commands:do.resume'),
    words: t('commands:words.resume'),
    icon: IconPlayerPlay,
    run: () => {
      preloadStopDialogs(everything);
      openResume(everything);
    },
  };
}
