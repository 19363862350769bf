import { IconDots, IconMessageCircle, IconShare3, IconThumbUp, IconWorld } from '@tabler/icons-react';
import { Face } from '../../../components/Face.tsx';
import { t } from '../../../i18n/i18n.ts';
import { FirstComment } from './FirstComment.tsx';
import { FoldedText } from './FoldedText.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { altOf, linkIn, type Preview } from './preview-facts.ts';
import classes from './preview.module.css';

/** A post of a Page in the feed. */
export function FacebookPost(preview: Preview) {
  const { accountName, text, media, firstComment, terms } = preview;
  const link = media.length === 0 ? linkIn(text) : null;
  return (
    <figure className={`${classes.frame} ${classes.facebook}`} aria-label={t('composer:preview.facebook')}>
      <header className={classes.head}>
        <Face name={accountName} size={40} radius="xl" />
        <div>
          <div className={classes.name}>{accountName}</div>
          <div className={classes.meta}>
            <span>{t('composer:preview.now')}</span> <IconWorld size={12} aria-label={t('composer:preview.public')} />
          </div>
        </div>
        <IconDots size={20} className={classes.dotsMenu} aria-hidden />
      </header>
      {text !== '' && (
        <div className={classes.text}>
          <FoldedText
            platform="facebook"
            showing="feed"
            text={text}
            terms={terms}
            more={t('composer:preview.seeMore')}
            less={t('composer:preview.seeLess')}
          />
        </div>
      )}
      {text === '' && media.length === 0 && (
        <div className={`${classes.text} ${classes.placeholder}`}>{t('composer:preview.noText')}</div>
      )}
      <PhotoGrid media={media} altOf={altOf(preview)} />
      {link && (
        <div className={classes.linkCard}>
          <span className={classes.linkHost}>{link.hostname.toUpperCase()}</span>
          <span className={classes.linkTitle}>{t('composer:preview.linkTitle')}</span>
        </div>
      )}
      <div className={classes.actions} aria-hidden>
        <span>
          <IconThumbUp size={18} stroke={1.6} /> {t('composer:preview.like')}
        </span>
        <span>
          <IconMessageCircle size={18} stroke={1.6} /> {t('composer:preview.comment')}
        </span>
        <span>
          <IconShare3 size={18} stroke={1.6} /> {t('composer:preview.share')}
        </span>
      </div>
      <FirstComment account={accountName} name={accountName} text={firstComment} terms={terms} />
    </figure>
  );
}
