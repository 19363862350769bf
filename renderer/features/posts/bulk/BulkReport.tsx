import { Box, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { TextLink } from '../../../components/links.tsx';
import { t } from '../../../i18n/i18n.ts';
import { closeReport, useBulkState } from './bulk-store.ts';

/** Which posts were left as they are, under the reason why. */
export function BulkReport() {
  const report = useBulkState((state) => state.report);
  const reasons = Map.groupBy(report?.refused ?? [], ({ refusal }) => refusal);
  return (
    <Modal opened={report !== null} onClose={closeReport} title={t('posts:bulk.report.title')}>
      <Stack gap="md">
        <Text size="sm">{t('posts:bulk.report.of', { done: report?.done ?? '' })}</Text>
        <ScrollArea.Autosize mah={320}>
          <Stack gap="md">
            {[...reasons].map(([reason, refused]) => (
              <Box key={reason}>
                <Text size="sm" fw={600}>
                  {reason}
                </Text>
                {refused.map(({ post }) => (
                  <Text key={post.id} size="sm" truncate>
                    <TextLink to="/posts/$id" params={{ id: post.id }} size="sm" onClick={closeReport}>
                      {post.caption.trim() === '' ? t('common:noCaption') : post.caption.slice(0, 90)}
                    </TextLink>
                  </Text>
                ))}
              </Box>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Stack>
    </Modal>
  );
}
