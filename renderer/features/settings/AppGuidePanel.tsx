import { ActionIcon, Anchor, Badge, Code, CopyButton, Group, List, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { type AppGuide, redirectEntries, scopeEntries } from './app-guides.ts';

/** Step by step to an app of the agency's own at a network. */
export function AppGuidePanel({ guide }: { guide: AppGuide }) {
  const host = useQuery(orpc.host.get.queryOptions());
  const settings = useQuery(orpc.settings.get.queryOptions());
  const origin = host.data?.publicUrl ?? location.origin;
  const redirects = redirectEntries(guide.platforms, origin, settings.data?.relayUrl ?? null);
  return (
    <Stack gap="md" mt="md" p="md" style={{ background: 'var(--mantine-color-default-hover)', borderRadius: 12 }}>
      <Section title="Set the app up">
        <List type="ordered" size="sm" spacing={6}>
          <List.Item>
            Open{' '}
            <Anchor href={guide.console.href} target="_blank" rel="noreferrer" inherit>
              {guide.console.label}
            </Anchor>
            .
          </List.Item>
          {guide.steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
      </Section>
      <Section title={redirects.length === 1 ? 'Redirect address' : 'Redirect addresses'}>
        <Text size="sm" c="dimmed">
          Enter them exactly as they stand here, character by character.
        </Text>
        {redirects.map(({ uri, platforms, isRelay, isInsecure }) => (
          <div key={uri}>
            <CopyLine text={uri} />
            <Text size="xs" c={isInsecure ? 'orange' : 'dimmed'} mt={2}>
              {platforms.map((platform) => platformNames[platform]).join(' and ')}
              {isRelay && ': your relay page, which hands the login back to this computer.'}
              {isInsecure &&
                ': not https, so it works in development mode only and need not be entered. For live mode, set a relay page under Publishing.'}
            </Text>
          </div>
        ))}
      </Section>
      <Section title="Permissions">
        <Group gap={6}>
          {scopeEntries(guide).map(({ scope, needed }) => (
            <Badge key={scope} variant={needed ? 'light' : 'outline'} color={needed ? 'iris' : 'gray'} tt="none">
              {scope}
            </Badge>
          ))}
        </Group>
        <Text size="xs" c="dimmed">
          The filled ones are needed to publish; the others can be left out.
        </Text>
      </Section>
      <Section title="Development and live">
        <Text size="sm">{guide.modes}</Text>
      </Section>
      <Section title="What needs a review, and what works without">
        <Text size="sm">{guide.review}</Text>
      </Section>
    </Stack>
  );
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
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon variant="subtle" color={copied ? 'teal' : 'gray'} onClick={copy} aria-label={`Copy ${text}`}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
