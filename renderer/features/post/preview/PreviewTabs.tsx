import { Center, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../../shared/contract/pipeline.ts';
import { composeText } from '../../../../shared/domain/captions.ts';
import { mediaFor } from '../../../../shared/domain/media.ts';
import { type Platform, platformNames } from '../../../../shared/domain/platform.ts';
import { isStory } from '../../../../shared/domain/story.ts';
import { PlatformIcon } from '../../../components/PlatformIcon.tsx';
import { t } from '../../../i18n/i18n.ts';
import { SocialPreview } from './SocialPreview.tsx';

export interface Previewed {
  caption: string;
  hashtags: readonly string[];
  firstComment: string | null;
  altText: string | null;
  media: readonly Media[];
  targets: readonly {
    accountId: string;
    accountName: string;
    platform: Platform;
    caption: string | null;
    options: TargetOptions;
  }[];
}

/** The account whose preview is shown: the chosen one, else the first; undefined when the post has none. */
export function useShownTarget<T extends { accountId: string }>(targets: readonly T[]) {
  const [chosen, show] = useState<string | null>(null);
  return { target: targets.find(({ accountId }) => accountId === chosen) ?? targets[0], show };
}

/** The preview of one account, with tabs for the others. */
export function PreviewTabs({
  post,
  shown,
  onShow,
  terms,
}: {
  post: Previewed;
  /** Account id. */
  shown: string | undefined;
  onShow: (accountId: string) => void;
  terms: readonly string[];
}) {
  const target = post.targets.find(({ accountId }) => accountId === shown) ?? post.targets[0];
  if (target === undefined) {
    return (
      <Center mih={240}>
        <Text c="dimmed" size="sm">
          {t('composer:preview.chooseAccount')}
        </Text>
      </Center>
    );
  }
  return (
    <Stack gap="md" align="center">
      {post.targets.length > 1 && (
        <SegmentedControl
          aria-label={t('composer:preview.ofNetwork')}
          size="xs"
          value={target.accountId}
          onChange={onShow}
          data={post.targets.map(({ accountId, accountName, platform, options }) => ({
            value: accountId,
            label: (
              <Center style={{ gap: 7 }} title={accountName}>
                <PlatformIcon platform={platform} size={16} />
                <span>
                  {isStory(options)
                    ? t('composer:story.on', { network: platformNames[platform] })
                    : platformNames[platform]}
                </span>
              </Center>
            ),
          }))}
        />
      )}
      <SocialPreview
        key={target.accountId}
        platform={target.platform}
        accountName={target.accountName}
        text={composeText(target.caption ?? post.caption, post.hashtags)}
        media={mediaFor(target.platform, post.media, target.options)}
        altText={post.altText}
        firstComment={post.firstComment}
        options={target.options}
        terms={terms}
      />
      <Text size="xs" c="dimmed" ta="center">
        {target.platform === 'tiktok' && target.options.mode !== 'direct'
          ? t('composer:preview.toInbox')
          : isStory(target.options)
            ? t('composer:story.about', { account: target.accountName })
            : t('composer:preview.about', { account: target.accountName })}
      </Text>
    </Stack>
  );
}
