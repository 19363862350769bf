import { Button, Center, Group } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Empty } from '../components/Empty.tsx';

/** Shown in place of a page that broke. The rest of the app, publishing included, goes on. */
export function ErrorPage({ reset }: ErrorComponentProps) {
  return (
    <Center mih="70vh">
      <Empty
        icon={IconBolt}
        title="This page ran into a problem"
        isPage
        action={
          <Group justify="center">
            <Button onClick={reset}>Try again</Button>
            <Button variant="default" onClick={() => location.assign('/')}>
              Reload and go to Home
            </Button>
          </Group>
        }
      >
        Nothing was lost, and posts still go out on time. If it happens again, Activity may show the reason.
      </Empty>
    </Center>
  );
}
