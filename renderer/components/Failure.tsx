import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '../../shared/contract/common.ts';
import { explain } from '../api/errors.ts';
import { withLocalTimes } from './format.ts';
import { t } from '../i18n/i18n.ts';

/** An error in place of what could not be shown. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { title, message, problems } = explain(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={title} role="alert">
      <Stack gap="sm">
        <Text size="sm">{message}</Text>
        <ProblemList problems={problems.slice(1)} />
        {retry && (
          <Group>
            <Button size="xs" variant="light" color="red" onClick={retry}>
              {t('common:action.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/** Problems as a plain list; nothing when there are none. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <List size="sm" spacing={4}>
      {problems.map((problem) => (
        <List.Item key={`${problem.field} ${problem.code} ${problem.message}`}>
          {withLocalTimes(problem.message)}
        </List.Item>
      ))}
    </List>
  );
}
