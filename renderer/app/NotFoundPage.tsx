import { Center } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Empty } from '../components/Empty.tsx';
import { ButtonLink } from '../components/links.tsx';

export function NotFoundPage() {
  return (
    <Center mih="70vh">
      <Empty
        icon={IconCompass}
        title="There is no page here"
        isPage
        action={<ButtonLink to="/">Go to Home</ButtonLink>}
      >
        The address may be mistyped, or what it showed was deleted.
      </Empty>
    </Center>
  );
}
