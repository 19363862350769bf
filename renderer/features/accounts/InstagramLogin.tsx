import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { t } from '../../i18n/i18n.ts';
import { connectPath } from './connect-path.ts';

/** The other way to an Instagram account, where the agency has set up an app for it; nothing where it has not. */
export function InstagramLogin({ clientId }: { clientId: string }) {
  const credentials = useQuery(orpc.credentials.list.queryOptions());
  const isSetUp = credentials.data?.items.some(({ provider, configured }) => provider === 'instagram' && configured);
  if (isSetUp !== true) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('accounts:instagramLogin.question')}{' '}
      <Anchor href={connectPath('instagram', clientId, 'instagram')} inherit>
        {t('accounts:instagramLogin.connect')}
      </Anchor>
    </Text>
  );
}
