import { IconExternalLink, IconFlask, IconRocket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import classes from './Frame.module.css';

/** Says that everything outside is simulated, where to see what followers would, and how to leave the sandbox. */
export function SandboxBanner({ feedUrl }: { feedUrl: string | null }) {
  return (
    <div className={classes.sandbox} role="status">
      <IconFlask size={16} aria-hidden />
      <span className={classes.sandboxWords}>{t('app:sandbox.message')}</span>
      {feedUrl && (
        <a href={feedUrl} target="_blank" rel="noreferrer">
          {t('app:sandbox.feed')} <IconExternalLink size={14} aria-hidden />
        </a>
      )}
      <Link to="/go-live">
        {t('app:sandbox.goLive')} <IconRocket size={14} aria-hidden />
      </Link>
    </div>
  );
}
