import { Face } from '../../../components/Face.tsx';
import { t } from '../../../i18n/i18n.ts';
import { MarkedText } from './MarkedText.tsx';
import classes from './preview.module.css';

/** The comment under a post that the account itself writes first. */
export function FirstComment({
  account,
  name,
  text,
  terms,
}: {
  account: string;
  /** The account as the network writes it. */
  name: string;
  text: string | null;
  terms: readonly string[];
}) {
  if (!text?.trim()) return null;
  return (
    <div className={classes.comment} role="group" aria-label={t('composer:comment.label')}>
      <Face name={account} size={28} radius="xl" />
      <div className={classes.bubble} dir="auto">
        <b>{name}</b> <MarkedText text={text} terms={terms} linkClass={classes.link} />
      </div>
    </div>
  );
}
