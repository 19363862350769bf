import { ActionIcon } from '@mantine/core';
import { IconUserFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { UserTag } from '../../../../shared/domain/tagging.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './preview.module.css';

/** Who is tagged on a picture: behind a button, as Instagram has it. Lies over the picture. */
export function TagLabels({ tags }: { tags: readonly UserTag[] }) {
  const [isShown, setShown] = useState(false);
  if (tags.length === 0) return null;
  return (
    <>
      {isShown &&
        tags.map(({ username, place }) => (
          <span
            key={username}
            className={classes.tag}
            style={{ left: inSight(place?.x ?? 0.5, 40), top: inSight(place?.y ?? 0.5, 14) }}
          >
            {username}
          </span>
        ))}
      <ActionIcon
        className={classes.tagged}
        variant="filled"
        color="dark"
        radius="xl"
        size={26}
        aria-expanded={isShown}
        aria-label={t('composer:preview.tagged', { count: tags.length })}
        onClick={() => setShown(!isShown)}
      >
        <IconUserFilled size={13} />
      </ActionIcon>
    </>
  );
}

/** A place along a side, kept as far from its ends as a label needs; `room` in px. */
export function inSight(share: number, room: number): string {
  return `clamp(${room}px, ${share * 100}%, calc(100% - ${room}px))`;
}
