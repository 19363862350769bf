import { Spoiler } from '@mantine/core';
import {
  IconBookmark,
  IconDots,
  IconHeart,
  IconMessageCircle,
  IconMusic,
  IconSend,
  IconShare3,
  IconThumbUp,
  IconWorld,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { Face } from '../../../components/Face.tsx';
import { MarkedText } from './MarkedText.tsx';
import { PreviewMedia } from './PreviewMedia.tsx';
import classes from './preview.module.css';

export interface Preview {
  accountName: string;
  /** What would be sent, hashtags included. */
  text: string;
  media: readonly Media[];
  altText: string | null;
  firstComment: string | null;
  /** Banned terms to mark. */
  terms: readonly string[];
}

const previews: Record<Platform, (preview: Preview) => ReactNode> = {
  facebook: Facebook,
  instagram: Instagram,
  tiktok: TikTok,
};

/** Roughly what a follower would see on the network. */
export function SocialPreview({ platform, ...preview }: Preview & { platform: Platform }) {
  const Look = previews[platform];
  return <Look {...preview} />;
}

function Facebook({ accountName, text, media, altText, firstComment, terms }: Preview) {
  return (
    <figure className={classes.frame} aria-label="Facebook preview">
      <header className={classes.head}>
        <Face name={accountName} size={36} radius="xl" />
        <div>
          <div className={classes.name}>{accountName}</div>
          <div className={classes.meta}>
            Just now · <IconWorld size={12} aria-label="public" />
          </div>
        </div>
        <IconDots size={18} className={classes.more} aria-hidden />
      </header>
      <div className={classes.text}>
        <Spoiler maxHeight={122} showLabel="See more" hideLabel="See less">
          <MarkedText text={text} terms={terms} />
        </Spoiler>
      </div>
      {media.length > 0 && <PreviewMedia media={media} altText={altText} />}
      <div className={classes.actions}>
        <span>
          <IconThumbUp size={17} stroke={1.6} /> Like
        </span>
        <span>
          <IconMessageCircle size={17} stroke={1.6} /> Comment
        </span>
        <span>
          <IconShare3 size={17} stroke={1.6} /> Share
        </span>
      </div>
      <FirstComment name={accountName} text={firstComment} terms={terms} />
    </figure>
  );
}

function Instagram({ accountName, text, media, altText, firstComment, terms }: Preview) {
  return (
    <figure className={classes.frame} aria-label="Instagram preview">
      <header className={classes.head}>
        <Face name={accountName} size={36} radius="xl" className={classes.ring} />
        <div className={classes.name}>{accountName}</div>
        <IconDots size={18} className={classes.more} aria-hidden />
      </header>
      <PreviewMedia media={media} altText={altText} />
      <div className={classes.icons} aria-hidden>
        <IconHeart size={23} stroke={1.6} />
        <IconMessageCircle size={23} stroke={1.6} />
        <IconSend size={22} stroke={1.6} />
        <IconBookmark size={22} stroke={1.6} style={{ marginLeft: 'auto' }} />
      </div>
      <div className={classes.text}>
        <Spoiler maxHeight={102} showLabel="more" hideLabel="less">
          <b>{accountName}</b> <MarkedText text={text} terms={terms} />
        </Spoiler>
      </div>
      <FirstComment name={accountName} text={firstComment} terms={terms} />
    </figure>
  );
}

function TikTok({ accountName, text, media, altText, terms }: Preview) {
  return (
    <figure className={classes.tiktok} aria-label="TikTok preview">
      <PreviewMedia media={media} ratio="9 / 16" altText={altText} />
      <div className={classes.side} aria-hidden>
        <Face name={accountName} size={36} radius="xl" />
        <IconHeart size={28} fill="currentColor" stroke={0} />
        <IconMessageCircle size={28} fill="currentColor" stroke={0} />
        <IconBookmark size={27} fill="currentColor" stroke={0} />
        <IconShare3 size={27} />
      </div>
      <figcaption className={classes.caption}>
        <b>@{accountName}</b>
        <div className={classes.captionText}>
          <MarkedText text={text} terms={terms} />
        </div>
        <span className={classes.music}>
          <IconMusic size={13} aria-hidden /> original sound
        </span>
      </figcaption>
    </figure>
  );
}

function FirstComment({ name, text, terms }: { name: string; text: string | null; terms: readonly string[] }) {
  if (!text) return null;
  return (
    <div className={classes.comment}>
      <Face name={name} size={26} radius="xl" />
      <div>
        <b>{name}</b> <MarkedText text={text} terms={terms} />
      </div>
    </div>
  );
}
