import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { diffWords } from '../../../../shared/domain/word-diff.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './changes.module.css';

/**
 * A text with what was changed in it marked, word by word; line breaks as typed.
 * @param props.withRemoved also shows what is no longer there
 */
export function DiffText({
  before,
  after,
  withRemoved = true,
}: {
  before: string;
  after: string;
  withRemoved?: boolean;
}) {
  const pieces = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <span className={classes.text}>
      {pieces.map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        if (kind === 'same') return <span key={key}>{text}</span>;
        if (kind === 'removed') {
          return withRemoved ? (
            <del key={key} className={classes.removed}>
              <VisuallyHidden>{t('post:changes.removedText')}</VisuallyHidden>
              {text}
            </del>
          ) : null;
        }
        return (
          <ins key={key} className={classes.added}>
            <VisuallyHidden>{t('post:changes.addedText')}</VisuallyHidden>
            {text}
          </ins>
        );
      })}
    </span>
  );
}
