import { Alert, Button, Center, Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, orpc } from '../api/client.ts';
import { untilRestarted } from '../api/restart.ts';
import { Failure } from '../components/Failure.tsx';
import { withLocalTimes } from '../components/format.ts';
import { Words } from '../components/Words.tsx';
import { t } from '../i18n/i18n.ts';

const [keyVariable, keyFile] = ['AUTOSOCIAL_MASTER_KEY', 'keys/master.key'];

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
        <Title order={1}>{t('app:locked.title')}</Title>
        <Text>{t('app:locked.message')}</Text>
        <Alert color="orange" variant="light">
          {withLocalTimes(reason)}
        </Alert>
        <Text fw={600}>{t('app:locked.toUnlock')}</Text>
        <List type="ordered" spacing="xs">
          <List.Item>{t('app:locked.keychain')}</List.Item>
          <List.Item>
            <Words
              of="app:locked.moved"
              parts={{
                variable: <code>{keyVariable}</code>,
                file: <code>{keyFile}</code>,
                place: <code>{keyFile}</code>,
              }}
            />
          </List.Item>
          <List.Item>{t('app:locked.lost')}</List.Item>
        </List>
        {again.isError && <Failure error={again.error} />}
        <Group>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            {t('common:action.retry')}
          </Button>
          {again.isSuccess && (
            <Text size="sm" c="dimmed" role="status">
              {t('app:locked.stillLocked')}
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
