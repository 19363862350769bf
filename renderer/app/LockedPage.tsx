import { Alert, Center, List, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';

/** The key that opens the stored tokens is missing or changed: nothing is sent, nothing is overwritten. */
export function LockedPage({ reason }: { reason: string }) {
  return (
    <Center mih="100vh" p="xl">
      <Stack maw={560} gap="md" role="alert">
        <ThemeIcon size={56} radius="xl" variant="light" color="orange">
          <IconLock size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={1}>AutoSocial AI is locked</Title>
        <Text>
          Your accounts’ tokens are encrypted, and the key that opens them is missing or is not the one they were sealed
          with. Nothing is being published, and nothing you stored has been changed.
        </Text>
        <Alert color="orange" variant="light">
          {reason}
        </Alert>
        <Text fw={600}>To unlock</Text>
        <List type="ordered" spacing="xs">
          <List.Item>
            Find the original key. On a server it is the value of <code>AUTOSOCIAL_MASTER_KEY</code>, or the file{' '}
            <code>keys/master.key</code> in the data folder; on a desktop it is in the system’s keychain of the user who
            set the app up.
          </List.Item>
          <List.Item>Put it back, and start AutoSocial AI again.</List.Item>
          <List.Item>
            If the key is lost for good, start with a new data folder and connect the accounts again. The old folder
            stays untouched.
          </List.Item>
        </List>
      </Stack>
    </Center>
  );
}
