import { useEffect, useRef } from 'react';
import type { Desktop } from '../../shared/contract/events.ts';
import type { Language } from '../../shared/domain/languages.ts';
import { client } from '../api/client.ts';
import { isDesktop } from '../api/line.ts';
import { notifyError } from '../components/notify.tsx';
import { language } from '../i18n/i18n.ts';
import { chosenLanguage, rememberLanguage } from '../i18n/languages.ts';

/**
 * Shows everything in another language (null: as browser or system speak): the desktop app's menus too, then this page,
 * which is loaded anew. Where the app cannot be told, nothing changes, and the reason is shown.
 */
export async function chooseLanguage(next: Language | null): Promise<void> {
  try {
    if (isDesktop) await client.host.setDesktop({ language: next });
    rememberLanguage(next);
    location.reload();
  } catch (error) {
    notifyError(error);
  }
}

/**
 * In the desktop app's window its own choice counts, which outlives the page's storage; one that was made before the
 * app kept any is handed over. Looked at once, when the app is first heard of.
 */
export function useDesktopLanguage(desktop: Desktop | null | undefined): void {
  const isSettled = useRef(false);
  useEffect(() => {
    if (desktop == null || isSettled.current) return;
    isSettled.current = true;
    const chosen = chosenLanguage();
    if (desktop.language === chosen) return;
    if (desktop.language === null) {
      client.host.setDesktop({ language: chosen }).catch(notifyError);
      return;
    }
    rememberLanguage(desktop.language);
    if (desktop.language !== language()) location.reload();
  }, [desktop]);
}
