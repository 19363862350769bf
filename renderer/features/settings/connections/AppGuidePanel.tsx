import { ActionIcon, Anchor, Badge, Code, CopyButton, Group, List, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { orpc } from '../../../api/client.ts';
import { formatList } from '../../../components/format.ts';
import { Words } from '../../../components/Words.tsx';
import { t } from '../../../i18n/i18n.ts';
import { type AppGuide, redirectEntries, scopeEntries } from './app-guides.ts';

/** Step by step to an app of the agency's own at a network. */
export function AppGuidePanel({ guide }: { guide: AppGuide }) {
  const host = useQuery(orpc.host.get.queryOptions());
  const settings = useQuery(orpc.settings.get.queryOptions());
  const origin = host.data?.publicUrl ?? location.origin;
  const redirects = redirectEntries(guide.platforms, origin, settings.data?.relayUrl ?? null);
  return (
    <Stack gap="md" mt="md" p="md" style={{ background: 'var(--mantine-color-default-hover)', borderRadius: 12 }}>
      <Section title={t('settings:guide.setUp')}>
        <List type="ordered" size="sm" spacing={6}>
          <List.Item>
            <Words
              of="settings:guide.open"
              parts={{ place: <Anchor href={guide.console.href} target="_blank" rel="noreferrer" inherit /> }}
              values={{ place: guide.console.name }}
            />
          </List.Item>
          {guide.steps.map((step) => (
            <List.Item key={step}>{t(step)}</List.Item>
          ))}
        </List>
      </Section>
      <Section title={t('settings:guide.redirect', { count: redirects.length })}>
        <Text size="sm" c="dimmed">
          {t('settings:guide.exactly')}
        </Text>
        {redirects.map(({ uri, platforms, isRelay, isInsecure }) => (
          <div key={uri}>
            <CopyLine text={uri} />
            <Text size="xs" c={isInsecure ? 'orange' : 'dimmed'} mt={2}>
              {redirectWords(formatList(platforms.map((platform) => platformNames[platform])), isRelay, isInsecure)}
            </Text>
          </div>
        ))}
      </Section>
      <Section title={t('settings:guide.permissions')}>
        <Group gap={6}>
          {scopeEntries(guide.platforms).map(({ scope, needed }) => (
            <Badge key={scope} variant={needed ? 'light' : 'outline'} color={needed ? 'iris' : 'gray'} tt="none">
              {scope}
            </Badge>
          ))}
        </Group>
        <Text size="xs" c="dimmed">
          {t('settings:guide.needed')}
        </Text>
      </Section>
      <Section title={t('settings:guide.modes')}>
        <Text size="sm">{t(guide.modes)}</Text>
      </Section>
      <Section title={t('settings:guide.review')}>
        <Text size="sm">{t(guide.review)}</Text>
      </Section>
    </Stack>
  );
}

/** Which networks an address is for, and what there is to know about it. */
function redirectWords(networks: string, isRelay: boolean, isInsecure: boolean): string {
  if (isRelay) return t('settings:guide.isRelay', { networks });
  return isInsecure ? t('settings:guide.isInsecure', { networks }) : networks;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}

function CopyLine({ text }: { text: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'common:action.copied' : 'common:action.copy')}>
            <ActionIcon
              variant="subtle"
              color={copied ? 'teal' : 'gray'}
              onClick={copy}
              aria-label={t('settings:guide.copyOne', { text })}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
