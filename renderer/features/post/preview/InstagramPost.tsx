import { IconBookmark, IconDots, IconHeart, IconMessageCircle, IconPhoto, IconSend } from '@tabler/icons-react';
import { tagsOn } from '../../../../shared/domain/tagging.ts';
import { Face } from '../../../components/Face.tsx';
import { t } from '../../../i18n/i18n.ts';
import { Carousel } from './Carousel.tsx';
import { FirstComment } from './FirstComment.tsx';
import { FoldedText } from './FoldedText.tsx';
import { altOf, authorsOf, handleOf, type Preview } from './preview-facts.ts';
import classes from './preview.module.css';

/** A picture or a carousel in the feed. */
export function InstagramPost(preview: Preview) {
  const { accountName, text, media, firstComment, options, terms } = preview;
  const name = handleOf(accountName);
  return (
    <figure className={`${classes.frame} ${classes.instagram}`} aria-label={t('composer:preview.instagram')}>
      <header className={classes.head}>
        <span className={classes.ring}>
          <Face name={accountName} size={32} radius="xl" />
        </span>
        <div>
          <div className={classes.name}>{authorsOf(name, options)}</div>
          <div className={classes.meta}>
            {media.some(({ aiMade }) => aiMade) && <span>{t('composer:preview.aiInfo')}</span>}
            {options.locationId !== undefined && <span>{t('composer:preview.place')}</span>}
          </div>
        </div>
        <IconDots size={20} className={classes.dotsMenu} aria-hidden />
      </header>
      {media.length === 0 ? (
        <NoPicture />
      ) : (
        <Carousel media={media} altOf={altOf(preview)} tags={tagsOn(options, media)} />
      )}
      <div className={classes.icons} aria-hidden>
        <IconHeart size={24} stroke={1.6} />
        <IconMessageCircle size={24} stroke={1.6} />
        <IconSend size={23} stroke={1.6} />
        <IconBookmark size={23} stroke={1.6} className={classes.toEnd} />
      </div>
      {text !== '' && (
        <div className={classes.text}>
          <FoldedText
            platform="instagram"
            showing="feed"
            text={text}
            terms={terms}
            more={t('composer:preview.more')}
            less={t('composer:preview.less')}
            before={<b className={classes.author}>{name}</b>}
          />
        </div>
      )}
      <FirstComment account={accountName} name={name} text={firstComment} terms={terms} />
    </figure>
  );
}

function NoPicture() {
  return (
    <div className={classes.noMedia}>
      <IconPhoto size={30} stroke={1.3} aria-hidden />
      <span>{t('composer:preview.needsPicture')}</span>
    </div>
  );
}
