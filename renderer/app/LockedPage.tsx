import { Alert, Button, Center, Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, orpc } from '../api/client.ts';
import { untilRestarted } from '../api/restart.ts';
import { Failure } from '../components/Failure.tsx';

/** The key that opens the stored logins cannot be had: nothing is sent, nothing is overwritten. */
export function LockedPage({ reason }: { reason: string }) {
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: tryAgain,
    onSuccess: () => queries.invalidateQueries({ queryKey: orpc.host.get.key() }),
    meta: { quiet: true },
  });
  return (
    <Center component="main" mih="100vh" p="xl">
      <Stack maw={560} gap="md" role="alert">
        <ThemeIcon size={56} radius="xl" variant="light" color="orange">
          <IconLock size={28} stroke={1.6} />
        </ThemeIcon>
        <Title order={1}>AutoSocial AI is locked</Title>
        <Text>
          Your accounts’ logins are encrypted, and the key that opens them cannot be had. Nothing is being published,
          and nothing you stored has been changed.
        </Text>
        <Alert color="orange" variant="light">
          {reason}
        </Alert>
        <Text fw={600}>To unlock</Text>
        <List type="ordered" spacing="xs">
          <List.Item>
            If the key is in the system’s keychain, unlock the keychain, allow AutoSocial AI to read from it, and press
            “Try again”.
          </List.Item>
          <List.Item>
            If this data came from another computer, save a copy of the key there (desktop: menu File, “Save a copy of
            the key…”; server: <code>AUTOSOCIAL_MASTER_KEY</code> or <code>keys/master.key</code>), put it here as{' '}
            <code>keys/master.key</code> in the profile’s folder, readable by you alone, and press “Try again”.
          </List.Item>
          <List.Item>
            If the key is lost for good, start with a new data folder and connect the accounts again. The old folder
            stays untouched.
          </List.Item>
        </List>
        {again.isError && <Failure error={again.error} />}
        <Group>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            Try again
          </Button>
          {again.isSuccess && (
            <Text size="sm" c="dimmed" role="status">
              The app started anew, and the key still cannot be had.
            </Text>
          )}
        </Group>
      </Stack>
    </Center>
  );
}

/** The app starts anew; whether it is unlocked then, the host tells. */
async function tryAgain(): Promise<void> {
  const refused = new AbortController();
  const restarted = untilRestarted(refused.signal);
  await client.host.tryAgain({}).catch((error: unknown) => {
    // An answer lost on the way may be the restart itself.
    if (!(error instanceof ORPCError)) return;
    refused.abort();
    throw error;
  });
  await restarted;
}
