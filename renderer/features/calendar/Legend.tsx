import type { CSSProperties } from 'react';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { postStatusLooks } from '../../components/status.tsx';
import { currentLocale, t } from '../../i18n/i18n.ts';
import classes from './calendar.module.css';
import { gapDays } from './use-gaps.ts';

/** What the colours mean: those that are in view. */
export function Legend({
  posts,
  colorOf,
  by,
  withSlots,
}: {
  posts: readonly CalendarPost[];
  colorOf: (post: CalendarPost) => string;
  by: 'client' | 'status';
  withSlots: boolean;
}) {
  const names = new Map(
    posts.map((post) => [by === 'client' ? post.clientName : t(postStatusLooks[post.status].label), colorOf(post)]),
  );
  return (
    <div className={classes.legend}>
      {[...names]
        .sort(([a], [b]) => a.localeCompare(b, currentLocale()))
        .map(([name, color]) => (
          <span key={name} style={{ '--tone': `var(--mantine-color-${color}-6)` } as CSSProperties}>
            <span className={classes.swatch} />
            {name}
          </span>
        ))}
      {withSlots && (
        <span>
          <span className={classes.swatch} data-kind="gap" />
          {t('calendar:legend.gap', { count: gapDays })}
        </span>
      )}
    </div>
  );
}
