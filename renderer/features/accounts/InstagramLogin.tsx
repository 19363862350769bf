import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isPublicOrigin } from '../../../shared/domain/redirects.ts';
import { orpc } from '../../api/client.ts';
import { t } from '../../i18n/i18n.ts';
import { connectPath } from './connect-path.ts';

/** The other way to an Instagram account, where the agency has set up an app for it; nothing where it has not. */
export function InstagramLogin({ clientId }: { clientId: string }) {
  const credentials = useQuery(orpc.credentials.list.queryOptions());
  const isSetUp = credentials.data?.items.some(({ provider, configured }) => provider === 'instagram' && configured);
  const host = useQuery(orpc.host.get.queryOptions());
  if (isSetUp !== true || host.data === undefined) return null;
  // The sandbox's Instagram runs on this computer and needs no public address.
  const isReachable = host.data.profile === 'sandbox' || isPublicOrigin(host.data.publicUrl);
  return (
    <Text size="sm" c="dimmed">
      {t('accounts:instagramLogin.question')}{' '}
      <Anchor href={connectPath('instagram', clientId, 'instagram')} inherit>
        {t('accounts:instagramLogin.connect')}
      </Anchor>
      {!isReachable && (
        <Text size="sm" c="orange" component="span" display="block">
          {t('accounts:instagramLogin.unreachable')}
        </Text>
      )}
    </Text>
  );
}
