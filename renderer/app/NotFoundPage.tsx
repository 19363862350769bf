import { Center } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Empty } from '../components/Empty.tsx';
import { ButtonLink } from '../components/links.tsx';
import { t } from '../i18n/i18n.ts';

export function NotFoundPage() {
  return (
    <Center mih="70vh">
      <Empty
        icon={IconCompass}
        title={t('app:notFound.title')}
        isPage
        action={<ButtonLink to="/">{t('app:notFound.goHome')}</ButtonLink>}
      >
        {t('app:notFound.message')}
      </Empty>
    </Center>
  );
}
