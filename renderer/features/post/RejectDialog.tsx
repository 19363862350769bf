import { Button, Group, Modal, Stack, Textarea, UnstyledButton } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { KeyHint } from '../../components/KeyHint.tsx';
import { t, type WordKey } from '../../i18n/i18n.ts';
import classes from './reject.module.css';

const usual: readonly WordKey[] = [
  'post:reject.quick.tone',
  'post:reject.quick.facts',
  'post:reject.quick.similar',
  'post:reject.quick.picture',
  'post:reject.quick.emojis',
  'post:reject.quick.long',
];

/**
 * Asks why before a post is rejected; the reason is optional. A number takes a usual one, Enter rejects.
 * @param props.client name of whoever the post is for
 */
export function RejectDialog({
  opened,
  client,
  onClose,
  onReject,
}: {
  opened: boolean;
  client: string;
  onClose: () => void;
  onReject: (reason: string | undefined) => void;
}) {
  const [reason, setReason] = useState('');
  const reject = () => {
    onReject(reason.trim() || undefined);
    setReason('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reject();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const quick = reason === '' || isUsual(reason) ? usual[Number(event.key) - 1] : undefined;
    if (quick !== undefined) {
      event.preventDefault();
      setReason(t(quick));
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      reject();
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('post:reject.title')}>
      <form onSubmit={submit}>
        <Stack>
          <div className={classes.usual} role="group" aria-label={t('post:reject.usual')}>
            {usual.map((key, index) => (
              <UnstyledButton
                key={key}
                className={classes.reason}
                aria-pressed={reason === t(key)}
                onClick={() => setReason(t(key))}
              >
                <KeyHint>{index + 1}</KeyHint>
                {t(key)}
              </UnstyledButton>
            ))}
          </div>
          <Textarea
            label={t('post:reject.reason')}
            description={t('post:reject.forAi', { client })}
            placeholder={t('post:reject.placeholder')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" color="red" rightSection={<KeyHint>{'↵'}</KeyHint>}>
              {t('common:action.reject')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function isUsual(reason: string): boolean {
  return usual.some((key) => t(key) === reason);
}
