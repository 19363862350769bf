import { IconExternalLink, IconFlask } from '@tabler/icons-react';
import classes from './Frame.module.css';

/** Says that everything outside is simulated, and where to see what followers would. */
export function SandboxBanner({ feedUrl }: { feedUrl: string | null }) {
  return (
    <div className={classes.sandbox} role="status">
      <IconFlask size={16} aria-hidden />
      <span>Sandbox — nothing leaves this computer</span>
      {feedUrl && (
        <a href={feedUrl} target="_blank" rel="noreferrer">
          See what followers see <IconExternalLink size={14} aria-hidden />
        </a>
      )}
    </div>
  );
}
