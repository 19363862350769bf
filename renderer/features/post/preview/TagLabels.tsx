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
            style={{ left: `${(place?.x ?? 0.5) * 100}%`, top: `${(place?.y ?? 0.5) * 100}%` }}
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
