import { Group, Progress, Text } from '@mantine/core';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { useLiveSteps } from '../tour/use-live-steps.ts';

/** In the live app: how much of the setting up is left, and the way to it; nothing when all is done. */
export function SetUpLeft() {
  const { steps } = useLiveSteps();
  const left = steps?.filter(({ state }) => state !== 'done') ?? [];
  if (steps === undefined || left.length === 0) return null;
  return (
    <Panel title={t('home:setUp.title')} data-testid="set-up-left">
      <Progress
        value={(1 - left.length / steps.length) * 100}
        color="teal"
        mb="sm"
        aria-label={t('home:setUp.left', { count: left.length })}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {t('home:setUp.left', { count: left.length })}
        </Text>
        <TextLink to="/go-live" size="sm">
          {t('home:setUp.list')}
        </TextLink>
      </Group>
    </Panel>
  );
}
