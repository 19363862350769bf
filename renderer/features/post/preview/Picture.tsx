import { UnstyledButton } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useRef, useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import { type Crop, cropFor, fillsClip, focalFor } from '../../../../shared/domain/crop.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { notifyError } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import classes from './preview.module.css';

/** A picture as the network gets it: cut around its focal point. Fills the width; the height follows. */
export function Picture({
  media,
  platform,
  ratio,
  alt,
  children,
}: {
  media: Media;
  platform: Platform;
  /** Width by height that all pictures of a carousel are cut to. */
  ratio?: number;
  alt: string | null;
  /** Lies over the picture. */
  children?: ReactNode;
}) {
  const crop = cropFor(platform, media, { focal: focalFor(platform, media), ratio });
  return (
    <div className={classes.picture} style={{ aspectRatio: `${crop.width} / ${crop.height}` }}>
      <img src={media.url} alt={alt ?? ''} style={placeOf(media, crop)} />
      {children}
    </div>
  );
}

/** A picture that fills a given box around its focal point on the network. */
export function Filling({ media, platform, alt }: { media: Media; platform: Platform; alt: string | null }) {
  const { x, y } = focalFor(platform, media) ?? { x: 0.5, y: 0.5 };
  if (media.kind === 'video') return <Film media={media} alt={alt} />;
  return (
    <img
      className={classes.filling}
      src={media.url}
      alt={alt ?? ''}
      style={{ objectPosition: `${x * 100}% ${y * 100}%` }}
    />
  );
}

/** A video that plays and stops by a click; without the browser's own bar, which would lie over the text. */
export function Film({ media, alt }: { media: Media; alt: string | null }) {
  const film = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const turn = () => {
    if (film.current === null) return;
    if (film.current.paused) film.current.play().catch(notifyError);
    else film.current.pause();
  };
  return (
    <>
      <video
        key={media.id}
        ref={film}
        className={classes.filling}
        src={`${media.url}#t=0.1`}
        muted
        loop
        playsInline
        preload="metadata"
        aria-label={alt ?? t('composer:preview.video')}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
      />
      <UnstyledButton
        className={classes.play}
        data-playing={isPlaying || undefined}
        aria-label={isPlaying ? t('composer:preview.pause') : t('composer:preview.play')}
        onClick={turn}
      >
        {isPlaying ? <IconPlayerPauseFilled size={26} /> : <IconPlayerPlayFilled size={26} />}
      </UnstyledButton>
    </>
  );
}

/** What TikTok gets of a picture: a short video that it fills, or in which it stands whole before a blurred copy. */
export function Clip({ media, alt }: { media: Media; alt: string | null }) {
  if (media.kind === 'video') return <Film media={media} alt={alt} />;
  if (fillsClip(media)) return <Filling media={media} platform="tiktok" alt={alt} />;
  return (
    <>
      <img className={classes.blurred} src={media.thumbnailUrl ?? media.url} alt="" />
      <img className={classes.whole} src={media.url} alt={alt ?? ''} />
    </>
  );
}

function placeOf({ width, height }: Media, crop: Crop): CSSProperties {
  return {
    width: `${(width / crop.width) * 100}%`,
    height: `${(height / crop.height) * 100}%`,
    left: `${(-crop.left / crop.width) * 100}%`,
    top: `${(-crop.top / crop.height) * 100}%`,
  };
}
