import { Avatar, Spoiler } from '@mantine/core';
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
        <Face name={accountName} />
        <div>
          <div className={classes.name}>{accountName}</div>
          <div className={classes.meta}>
            Just now · <IconWorld size={12} aria-label="public" />
          </div>
        </div>
        <IconDots size={18} className={classes.more} aria-hidden />
      </header>
      <Spoiler maxHeight={150} showLabel="See more" hideLabel="See less" className={classes.text}>
        <MarkedText text={text} terms={terms} />
      </Spoiler>
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
        <Face name={accountName} ring />
        <div className={classes.name}>{accountName}</div>
        <IconDots size={18} className={classes.more} aria-hidden />
      </header>
      <PreviewMedia media={media} ratio={media[0]?.kind === 'video' ? '4 / 5' : undefined} altText={altText} />
      <div className={classes.icons} aria-hidden>
        <IconHeart size={23} stroke={1.6} />
        <IconMessageCircle size={23} stroke={1.6} />
        <IconSend size={22} stroke={1.6} />
        <IconBookmark size={22} stroke={1.6} style={{ marginLeft: 'auto' }} />
      </div>
      <Spoiler maxHeight={110} showLabel="more" hideLabel="less" className={classes.text}>
        <b>{accountName}</b> <MarkedText text={text} terms={terms} />
      </Spoiler>
      <FirstComment name={accountName} text={firstComment} terms={terms} />
    </figure>
  );
}

function TikTok({ accountName, text, media, altText, terms }: Preview) {
  return (
    <figure className={classes.tiktok} aria-label="TikTok preview">
      <PreviewMedia media={media} ratio="9 / 16" altText={altText} />
      <div className={classes.side} aria-hidden>
        <Face name={accountName} />
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

function Face({ name, ring = false }: { name: string; ring?: boolean }) {
  return (
    <Avatar
      name={name}
      color="initials"
      size={36}
      radius="xl"
      className={ring ? classes.ring : undefined}
      aria-hidden
    />
  );
}

function FirstComment({ name, text, terms }: { name: string; text: string | null; terms: readonly string[] }) {
  if (!text) return null;
  return (
    <div className={classes.comment}>
      <Avatar name={name} color="initials" size={26} radius="xl" aria-hidden />
      <div>
        <b>{name}</b> <MarkedText text={text} terms={terms} />
      </div>
    </div>
  );
}
