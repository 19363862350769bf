import { IconBrandFacebook, IconBrandInstagram, IconBrandTiktok } from '@tabler/icons-react';
import { type Platform, platformNames } from '../../shared/domain/platform.ts';

const icons = { facebook: IconBrandFacebook, instagram: IconBrandInstagram, tiktok: IconBrandTiktok };

/** A network's mark; with `labelled` it also speaks its name to a screen reader. */
export function PlatformIcon({
  platform,
  size = 18,
  labelled = false,
}: {
  platform: Platform;
  size?: number;
  labelled?: boolean;
}) {
  const Icon = icons[platform];
  const spoken = labelled ? { role: 'img', 'aria-label': platformNames[platform] } : { 'aria-hidden': true };
  return <Icon size={size} stroke={1.7} style={{ flexShrink: 0 }} {...spoken} />;
}
