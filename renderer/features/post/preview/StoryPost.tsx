import { IconDots, IconHeart, IconPhoto, IconSend, IconX } from '@tabler/icons-react';
import { Face } from '../../../components/Face.tsx';
import { t } from '../../../i18n/i18n.ts';
import { Clip } from './Picture.tsx';
import { handleOf, type Preview } from './preview-facts.ts';
import classes from './preview.module.css';

/** One picture or video over the whole screen, with the account above it; a story shows nothing else of a post. */
export function StoryPost({ accountName, media }: Preview) {
  const [item] = media;
  return (
    <figure className={`${classes.clip} ${classes.story}`} aria-label={t('composer:story.preview')}>
      <div className={classes.screen}>
        {item === undefined ? (
          <div className={classes.noMedia}>
            <IconPhoto size={30} stroke={1.3} aria-hidden />
            <span>{t('composer:story.missing')}</span>
          </div>
        ) : (
          <Clip media={item} alt={null} />
        )}
      </div>
      <figcaption className={classes.storyTop}>
        <span className={classes.progress} aria-hidden />
        <div className={classes.author}>
          <Face name={accountName} size={30} radius="xl" />
          <b>{handleOf(accountName)}</b>
          <span className={classes.since}>{t('composer:preview.now')}</span>
          <IconDots size={20} className={classes.dotsMenu} aria-hidden />
          <IconX size={21} aria-hidden />
        </div>
        {item?.aiMade && <span className={classes.label}>{t('composer:preview.aiInfo')}</span>}
      </figcaption>
      <div className={classes.reply} aria-hidden>
        <span>{t('composer:story.message')}</span>
        <IconHeart size={25} stroke={1.7} />
        <IconSend size={24} stroke={1.7} />
      </div>
    </figure>
  );
}
