import {
  Alert,
  Anchor,
  Avatar,
  Checkbox,
  Group,
  SegmentedControl,
  Select,
  Skeleton,
  Stack,
  Switch,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CreatorInfo } from '../../../shared/contract/accounts.ts';
import type { Media } from '../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { mediaFor } from '../../../shared/domain/media.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { Words } from '../../components/Words.tsx';
import { t } from '../../i18n/i18n.ts';
import { disclosureMissing, isDisclosing, labelOf, minutes, privacyName } from './tiktok-choices.ts';

interface TikTokFieldsProps {
  clientId: string;
  accountId: string;
  options: TargetOptions;
  /** Of the whole post. */
  media: readonly Media[];
  onChange: (options: TargetOptions) => void;
}

/** How a post goes to an audited TikTok account: as a draft, or directly with the choices TikTok demands of a person. */
export function TikTokFields(props: TikTokFieldsProps) {
  const { options, onChange } = props;
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('post:tiktok.how')}
        value={options.mode ?? 'inbox'}
        onChange={(mode) => onChange(mode === 'direct' ? { mode } : { mode: 'inbox' })}
        data={[
          { value: 'inbox', label: t('post:tiktok.toInbox') },
          { value: 'direct', label: t('post:tiktok.direct') },
        ]}
      />
      {options.mode === 'direct' ? (
        <DirectFields {...props} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('post:tiktok.inboxNote')}
        </Text>
      )}
    </Stack>
  );
}

function DirectFields({ clientId, accountId, options, media, onChange }: TikTokFieldsProps) {
  const creator = useQuery(orpc.accounts.creatorInfo.queryOptions({ input: { id: clientId, accountId } }));
  if (creator.isPending) return <Skeleton height={220} radius="md" />;
  if (creator.isError) return <Failure error={creator.error} retry={() => void creator.refetch()} />;
  const { privacyLevels, commentDisabled, duetDisabled, stitchDisabled, maxVideoSeconds } = creator.data;
  const [video] = mediaFor('tiktok', media, options);
  const isTooLong = (video?.durationMs ?? 0) > maxVideoSeconds * 1000;
  const disclosing = isDisclosing(options);
  // A changed choice needs a new consent: it was given for what stood there before.
  const choose = (change: TargetOptions) => onChange({ ...options, consent: undefined, ...change });

  return (
    <Stack gap="md">
      <Creator {...creator.data} />
      {isTooLong && (
        <Alert variant="light" color="red" icon={<IconInfoCircle />} p="xs">
          {t('post:tiktok.tooLong', { length: minutes(maxVideoSeconds) })}
        </Alert>
      )}
      <Select
        label={t('post:tiktok.whoCanView')}
        placeholder={t('post:tiktok.choose')}
        required
        value={options.privacyLevel ?? null}
        onChange={(privacyLevel) => choose({ privacyLevel: privacyLevel ?? undefined })}
        data={privacyLevels.map((level) => ({
          value: level,
          label: privacyName(level),
          disabled: level === 'SELF_ONLY' && options.brandContent === true,
        }))}
        description={options.brandContent ? t('post:tiktok.brandedNotPrivate') : undefined}
      />
      <div role="group" aria-label={t('post:tiktok.allow')}>
        <Text size="sm" fw={500} mb={6}>
          {t('post:tiktok.allow')}
        </Text>
        <Group gap="lg">
          <Allow
            label={t('post:tiktok.comment')}
            disabled={commentDisabled}
            checked={options.allowComment}
            onChange={(allowComment) => choose({ allowComment })}
          />
          {video !== undefined && (
            <>
              <Allow
                label={t('post:tiktok.duet')}
                disabled={duetDisabled}
                checked={options.allowDuet}
                onChange={(allowDuet) => choose({ allowDuet })}
              />
              <Allow
                label={t('post:tiktok.stitch')}
                disabled={stitchDisabled}
                checked={options.allowStitch}
                onChange={(allowStitch) => choose({ allowStitch })}
              />
            </>
          )}
        </Group>
      </div>
      <Switch
        label={t('post:tiktok.disclose')}
        description={t('post:tiktok.discloseNote')}
        checked={disclosing}
        onChange={(event) => {
          const brand = event.currentTarget.checked ? false : undefined;
          choose({ brandContent: brand, brandOrganic: brand });
        }}
      />
      {disclosing && <Disclosure options={options} choose={choose} />}
      <Checkbox
        label={<Declaration options={options} />}
        checked={options.consent === true}
        onChange={(event) => onChange({ ...options, consent: event.currentTarget.checked || undefined })}
        disabled={isTooLong || disclosureMissing(options)}
      />
      <Text size="xs" c="dimmed">
        {t('post:tiktok.afterwards')}
      </Text>
    </Stack>
  );
}

/** Whose account it is, as TikTok wants it shown before anything is chosen. */
function Creator({ nickname, username, avatar, maxVideoSeconds }: CreatorInfo) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar src={avatar} name={nickname} size={40} radius="xl" alt="" />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" lh={1.35} truncate>
          <Words
            of="post:tiktok.postingTo"
            values={{ name: nickname, username }}
            parts={{ b: <b />, dim: <Text span c="dimmed" inherit /> }}
          />
        </Text>
        <Text size="xs" c="dimmed">
          {t('post:tiktok.videosUpTo', { length: minutes(maxVideoSeconds) })}
        </Text>
      </div>
    </Group>
  );
}

function Allow({
  label,
  disabled,
  checked,
  onChange,
}: {
  label: string;
  disabled: boolean;
  checked: boolean | undefined;
  onChange: (checked: boolean) => void;
}) {
  const box = (
    <Checkbox
      label={label}
      disabled={disabled}
      checked={checked === true && !disabled}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
  return disabled ? (
    <Tooltip label={t('post:tiktok.turnedOff')}>
      <div>{box}</div>
    </Tooltip>
  ) : (
    box
  );
}

function Disclosure({ options, choose }: { options: TargetOptions; choose: (change: TargetOptions) => void }) {
  const label = labelOf(options);
  const isPrivate = options.privacyLevel === 'SELF_ONLY';
  return (
    <Stack gap="sm" ps="lg">
      <Checkbox
        label={t('post:tiktok.yourBrand')}
        description={t('post:tiktok.yourBrandNote')}
        checked={options.brandOrganic === true}
        onChange={(event) => choose({ brandOrganic: event.currentTarget.checked })}
      />
      <Tooltip label={t('post:tiktok.brandedNotPrivate')} disabled={!isPrivate}>
        <div>
          <Checkbox
            label={t('post:tiktok.branded')}
            description={t('post:tiktok.brandedNote')}
            disabled={isPrivate}
            checked={options.brandContent === true}
            onChange={(event) => choose({ brandContent: event.currentTarget.checked })}
          />
        </div>
      </Tooltip>
      <Alert variant="light" color={label === null ? 'orange' : 'iris'} icon={<IconInfoCircle />} p="xs">
        {label ?? t('post:tiktok.indicate')}
      </Alert>
    </Stack>
  );
}

/** What a person agrees to, in the exact words TikTok's content sharing guidelines ask for. */
function Declaration({ options }: { options: TargetOptions }) {
  return (
    <Words
      of={options.brandContent === true ? 'post:tiktok.declarationBranded' : 'post:tiktok.declaration'}
      parts={{
        music: <PolicyLink to="https://www.tiktok.com/legal/page/global/music-usage-confirmation/en" />,
        policy: <PolicyLink to="https://www.tiktok.com/legal/page/global/bc-policy/en" />,
      }}
    />
  );
}

/** The words of the link are put in by the sentence it stands in. */
function PolicyLink({ to, children }: { to: string; children?: string }) {
  return (
    <Anchor href={to} target="_blank" rel="noreferrer" inherit>
      {children}
    </Anchor>
  );
}
