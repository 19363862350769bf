import { Alert, Button, Center, Group, Loader, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { type Credential, signIn } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { LanguageMenu } from './LanguageMenu.tsx';

const exampleLink = 'http://127.0.0.1:4680/login#…';

/** Takes the one-time code from the address, or asks for a new link or the API token. */
export function LoginPage() {
  useDocumentTitle(t('app:pageTitle', { page: t('app:login.pageTitle') }));
  const navigate = useNavigate();
  const [busy, setBusy] = useState(location.hash.length > 1);
  const [problem, setProblem] = useState<string | null>(null);
  const [entered, setEntered] = useState('');

  const enter = async (credential: Credential) => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(credential);
      await navigate({ to: '/', replace: true });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  const takeCode = useEffectEvent(() => {
    const code = location.hash.slice(1);
    if (code === '') return;
    // The code is worth nothing after this, but it need not stay in the address and history either.
    history.replaceState(history.state, '', '/login');
    void enter({ code: decodeURIComponent(code) });
  });
  useEffect(() => {
    takeCode();
    addEventListener('hashchange', takeCode);
    return () => removeEventListener('hashchange', takeCode);
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = entered.trim();
    if (text !== '') void enter(credentialFrom(text));
  };

  return (
    <Center component="main" mih="100vh" p="md">
      <Paper p={36} w={440} shadow="md" bg="var(--surface)" style={{ border: '1px solid var(--line)' }}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Group justify="space-between" align="flex-start">
              <img src="/favicon.svg" width={44} height={44} alt="" />
              <LanguageMenu />
            </Group>
            <div>
              <Title order={1}>{busy ? t('app:login.busyTitle') : t('app:login.title')}</Title>
              <Text c="dimmed" size="sm" mt={6}>
                {busy ? t('app:login.busyMessage') : t('app:login.message')}
              </Text>
            </div>
            {busy && <Loader type="dots" aria-label={t('app:login.busy')} />}
            {problem && (
              <Alert color="orange" variant="light" role="alert">
                {problem}
              </Alert>
            )}
            {!busy && (
              <>
                <PasswordInput
                  label={t('app:login.field')}
                  placeholder={exampleLink}
                  autoComplete="off"
                  value={entered}
                  onChange={(event) => setEntered(event.currentTarget.value)}
                  data-autofocus
                  autoFocus
                />
                <Button type="submit" size="md" disabled={entered.trim() === ''}>
                  {t('app:login.signIn')}
                </Button>
              </>
            )}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

/** A pasted link carries its code behind `#`; a short text is a code, anything longer the API token. */
function credentialFrom(text: string): Credential {
  const hash = text.indexOf('#');
  if (hash !== -1) return { code: decodeURIComponent(text.slice(hash + 1)) };
  return { token: text };
}
