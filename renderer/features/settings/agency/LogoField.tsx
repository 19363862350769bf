import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import classes from '../settings.module.css';

const mostBytes = 700_000;

/** The agency's logo: seen, put at once, and taken away again. */
export function LogoField() {
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const logo = useQuery(orpc.settings.getLogo.queryOptions()).data?.picture ?? null;
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: async (put: File | string | null) =>
      client.settings.putLogo({ picture: put instanceof File ? await base64Of(put) : put }),
    onSuccess(kept, put) {
      queryClient.setQueryData(orpc.settings.getLogo.queryKey(), kept);
      if (put instanceof File) notifyDone(t('settings:agency.logoSaved'));
      else if (put === null) notifyDone(t('settings:agency.logoRemoved'), () => change.mutate(logo));
    },
    onError: (error) => setRefusal(explain(error).problems[0]?.message ?? explain(error).message),
  });
  const choose = (file: File | null) => {
    if (file === null) return;
    setRefusal(file.size > mostBytes ? t('settings:agency.logoTooLarge') : null);
    if (file.size <= mostBytes) change.mutate(file);
  };
  return (
    <Input.Wrapper label={t('settings:agency.logo')} labelElement="div" error={refusal}>
      <Group mt={4} wrap="nowrap" align="center">
        <div className={classes.logo}>
          {logo === null ? (
            <IconPhoto size={30} stroke={1.4} aria-hidden />
          ) : (
            <img src={`data:image/png;base64,${logo}`} alt={t('settings:agency.logo')} />
          )}
        </div>
        <div>
          <Text size="sm" c="dimmed" mb="xs">
            {t('settings:agency.logoHint')}
          </Text>
          <Group gap="xs">
            <FileButton accept="image/png,image/jpeg,image/webp" onChange={choose}>
              {(props) => (
                <Button {...props} size="xs" variant="default" loading={change.isPending}>
                  {t(logo === null ? 'settings:agency.logoChoose' : 'settings:agency.logoReplace')}
                </Button>
              )}
            </FileButton>
            {logo !== null && (
              <Button size="xs" variant="subtle" color="gray" onClick={() => change.mutate(null)}>
                {t('common:action.remove')}
              </Button>
            )}
          </Group>
        </div>
      </Group>
    </Input.Wrapper>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
