import { Button, Center, Group } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Empty } from '../components/Empty.tsx';
import { t } from '../i18n/i18n.ts';

/** Shown in place of a page that broke. The rest of the app, publishing included, goes on. */
export function ErrorPage({ reset }: ErrorComponentProps) {
  return (
    <Center mih="70vh">
      <Empty
        icon={IconBolt}
        title={t('app:broken.title')}
        isPage
        action={
          <Group justify="center">
            <Button onClick={reset}>{t('common:action.retry')}</Button>
            <Button variant="default" onClick={() => location.assign('/')}>
              {t('app:broken.goHome')}
            </Button>
          </Group>
        }
      >
        {t('app:broken.message')}
      </Empty>
    </Center>
  );
}
