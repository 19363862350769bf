import { ActionIcon, Group, Progress, Text } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import type { UploadState } from './use-uploads.ts';

/** Files on their way, and what was refused; nothing when there are none. */
export function Uploads({ uploads, onDismiss }: { uploads: readonly UploadState[]; onDismiss: (key: string) => void }) {
  if (uploads.length === 0) return null;
  return (
    <Panel flush>
      {uploads.map(({ key, name, share, problem }) => (
        <Group key={key} px="lg" py="sm" gap="md" wrap="nowrap" style={{ borderTop: '1px solid var(--line)' }}>
          <Text size="sm" fw={500} truncate w={220} style={{ flexShrink: 0 }}>
            {name}
          </Text>
          {problem === null ? (
            <Progress
              value={share * 100}
              flex={1}
              animated={share === 1}
              aria-label={t('media:upload.uploading', { name })}
            />
          ) : (
            <>
              <Text size="sm" c="red" flex={1} role="alert">
                <IconAlertTriangle size={15} style={{ verticalAlign: '-2px', marginInlineEnd: 6 }} aria-hidden />
                {problem}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('media:upload.dismiss', { name })}
                onClick={() => onDismiss(key)}
              >
                <IconX size={16} />
              </ActionIcon>
            </>
          )}
        </Group>
      ))}
    </Panel>
  );
}
