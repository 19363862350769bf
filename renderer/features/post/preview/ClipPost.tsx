import {
  IconBookmark,
  IconDots,
  IconHeart,
  IconMessageCircle,
  IconMapPin,
  IconMusic,
  IconPlus,
  IconSend,
  IconShare3,
  IconThumbUp,
  IconUserFilled,
  IconVideo,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { Face } from '../../../components/Face.tsx';
import { t } from '../../../i18n/i18n.ts';
import { FirstComment } from './FirstComment.tsx';
import { FoldedText } from './FoldedText.tsx';
import { Clip } from './Picture.tsx';
import { altOf, authorsOf, handleOf, type Preview } from './preview-facts.ts';
import classes from './preview.module.css';

/** A video over the whole screen, with text and buttons over it: a reel, or TikTok. */
export function ClipPost({ platform, ...preview }: Preview & { platform: Platform }) {
  const { accountName, text, media, firstComment, options, terms } = preview;
  const [item] = media;
  const name = platform === 'facebook' ? accountName : handleOf(accountName);
  return (
    <div className={classes.withComment}>
      <figure className={classes.clip} aria-label={t(labels[platform])}>
        <div className={classes.screen}>
          {item === undefined ? (
            <div className={classes.noMedia}>
              <IconVideo size={30} stroke={1.3} aria-hidden />
              <span>{t('composer:preview.needsVideo')}</span>
            </div>
          ) : (
            <Clip media={item} alt={altOf(preview)(item)} />
          )}
        </div>
        {platform === 'tiktok' && (
          <div className={classes.forYou} aria-hidden>
            <span>{t('composer:preview.following')}</span>
            <b>{t('composer:preview.forYou')}</b>
          </div>
        )}
        <div className={classes.rail} aria-hidden>
          {rails[platform](accountName)}
        </div>
        <figcaption className={classes.caption}>
          {platform !== 'tiktok' && (
            <div className={classes.author}>
              <Face name={accountName} size={28} radius="xl" />
              <b>{platform === 'instagram' ? authorsOf(name, options) : name}</b>
              <span className={classes.follow}>{t('composer:preview.follow')}</span>
            </div>
          )}
          {platform === 'tiktok' && <b className={classes.author}>{name}</b>}
          <Labels platform={platform} {...preview} />
          {text !== '' && (
            <FoldedText
              platform={platform}
              showing="clip"
              text={text}
              terms={terms}
              more={t('composer:preview.more')}
              less={t('composer:preview.less')}
            />
          )}
          {platform === 'instagram' && <PeopleAndPlace options={options} />}
          <span className={classes.music}>
            <IconMusic size={13} aria-hidden /> {t('composer:preview.sound', { name })}
          </span>
        </figcaption>
      </figure>
      {platform !== 'tiktok' && firstComment?.trim() && (
        <div className={`${classes.frame} ${classes[platform]}`}>
          <FirstComment account={accountName} name={name} text={firstComment} terms={terms} />
        </div>
      )}
    </div>
  );
}

/** Who is tagged on a reel, and where it was made. */
function PeopleAndPlace({ options: { userTags = [], locationId } }: Pick<Preview, 'options'>) {
  return (
    <>
      {userTags.length > 0 && (
        <span className={classes.music}>
          <IconUserFilled size={13} aria-hidden /> {t('composer:preview.tagged', { count: userTags.length })}
        </span>
      )}
      {locationId !== undefined && (
        <span className={classes.music}>
          <IconMapPin size={13} aria-hidden /> {t('composer:preview.place')}
        </span>
      )}
    </>
  );
}

const labels = {
  facebook: 'composer:preview.facebookReel',
  instagram: 'composer:preview.instagramReel',
  tiktok: 'composer:preview.tiktok',
} as const;

/** What the network itself writes over the video: that AI made it, that somebody paid for it. */
function Labels({ platform, media, options }: Preview & { platform: Platform }) {
  const words = [
    ...(media[0]?.aiMade && platform === 'instagram' ? [t('composer:preview.aiInfo')] : []),
    ...(media[0]?.aiMade && platform === 'tiktok' ? [t('composer:preview.aiGenerated')] : []),
    ...(options.brandContent ? [t('composer:preview.paidPartnership')] : []),
    ...(options.brandOrganic && !options.brandContent ? [t('composer:preview.promotional')] : []),
  ];
  return words.map((word) => (
    <span key={word} className={classes.label}>
      {word}
    </span>
  ));
}

const solid = { size: 29, fill: 'currentColor', stroke: 0 } as const;
const thin = { size: 26, stroke: 1.8 } as const;

const rails: Record<Platform, (name: string) => ReactNode> = {
  facebook: () => (
    <>
      <IconThumbUp {...thin} />
      <IconMessageCircle {...thin} />
      <IconShare3 {...thin} />
      <IconDots {...thin} />
    </>
  ),
  instagram: () => (
    <>
      <IconHeart {...thin} />
      <IconMessageCircle {...thin} />
      <IconSend {...thin} />
      <IconDots {...thin} />
    </>
  ),
  tiktok: (name) => (
    <>
      <span className={classes.railFace}>
        <Face name={name} size={40} radius="xl" />
        <IconPlus size={14} stroke={3} className={classes.plus} />
      </span>
      <IconHeart {...solid} />
      <IconMessageCircle {...solid} />
      <IconBookmark {...solid} />
      <IconShare3 {...thin} />
      <span className={classes.disc}>
        <IconMusic size={13} />
      </span>
    </>
  ),
};
