import { Button, Group, Text } from '@mantine/core';
import { t } from '../i18n/i18n.ts';
import { LeaveGuard } from './LeaveGuard.tsx';
import classes from './SaveBar.module.css';

/** Stays at the foot of a form while something in it is not saved. */
export function SaveBar({
  dirty,
  saving,
  problem,
  onReset,
}: {
  dirty: boolean;
  saving: boolean;
  /** What stopped the last save and belongs to no field. */
  problem?: string | null;
  onReset: () => void;
}) {
  return (
    <>
      {dirty && (
        <Group className={classes.bar} justify="flex-end" gap="sm" data-bottom-bar>
          <Text size="sm" c={problem ? 'red' : 'dimmed'} me="auto" role={problem ? 'alert' : undefined}>
            {problem ?? t('common:unsaved')}
          </Text>
          <Button variant="default" onClick={onReset} disabled={saving}>
            {t('common:action.discard')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('common:action.saveChanges')}
          </Button>
        </Group>
      )}
      <LeaveGuard dirty={dirty && !saving} />
    </>
  );
}
