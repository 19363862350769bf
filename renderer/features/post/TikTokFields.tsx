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
import {
  declarationOf,
  disclosureMissing,
  disclosureWords,
  isDisclosing,
  labelOf,
  minutes,
  privacyNames,
} from './tiktok-choices.ts';

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
        aria-label="How it goes to TikTok"
        value={options.mode ?? 'inbox'}
        onChange={(mode) => onChange(mode === 'direct' ? { mode } : { mode: 'inbox' })}
        data={[
          { value: 'inbox', label: 'To the inbox' },
          { value: 'direct', label: 'Publish directly' },
        ]}
      />
      {options.mode === 'direct' ? (
        <DirectFields {...props} />
      ) : (
        <Text size="sm" c="dimmed">
          The video waits as a draft in the TikTok app. The creator chooses who sees it and publishes it there.
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
  const [video] = mediaFor('tiktok', media);
  const isTooLong = (video?.durationMs ?? 0) > maxVideoSeconds * 1000;
  const disclosing = isDisclosing(options);
  // A changed choice needs a new consent: it was given for what stood there before.
  const choose = (change: TargetOptions) => onChange({ ...options, consent: undefined, ...change });

  return (
    <Stack gap="md">
      <Creator {...creator.data} />
      {isTooLong && (
        <Alert variant="light" color="red" icon={<IconInfoCircle />} p="xs">
          The video is longer than the {minutes(maxVideoSeconds)} that this account may post.
        </Alert>
      )}
      <Select
        label="Who can view this post"
        placeholder="Choose"
        required
        value={options.privacyLevel ?? null}
        onChange={(privacyLevel) => choose({ privacyLevel: privacyLevel ?? undefined })}
        data={privacyLevels.map((level) => ({
          value: level,
          label: privacyNames[level] ?? level,
          disabled: level === 'SELF_ONLY' && options.brandContent === true,
        }))}
        description={options.brandContent ? 'Branded content visibility cannot be set to private.' : undefined}
      />
      <div role="group" aria-label="Allow users to">
        <Text size="sm" fw={500} mb={6}>
          Allow users to
        </Text>
        <Group gap="lg">
          <Allow
            label="Comment"
            disabled={commentDisabled}
            checked={options.allowComment}
            onChange={(allowComment) => choose({ allowComment })}
          />
          {video !== undefined && (
            <>
              <Allow
                label="Duet"
                disabled={duetDisabled}
                checked={options.allowDuet}
                onChange={(allowDuet) => choose({ allowDuet })}
              />
              <Allow
                label="Stitch"
                disabled={stitchDisabled}
                checked={options.allowStitch}
                onChange={(allowStitch) => choose({ allowStitch })}
              />
            </>
          )}
        </Group>
      </div>
      <Switch
        label="Disclose video content"
        description="Turn on if this promotes goods or services in exchange for something of value: your own, a third party’s, or both."
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
        The video goes out as the preview shows it; nothing is drawn over it. After publishing it can take a few minutes
        until the post is processed and visible on the profile.
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
          Posting to <b>{nickname}</b>{' '}
          <Text span c="dimmed" inherit>
            @{username}
          </Text>
        </Text>
        <Text size="xs" c="dimmed">
          Videos of up to {minutes(maxVideoSeconds)}
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
    <Tooltip label="Turned off in the creator’s TikTok settings.">
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
    <Stack gap="sm" pl="lg">
      <Checkbox
        label="Your brand"
        description="You are promoting yourself or your own business. This content will be classified as Brand Organic."
        checked={options.brandOrganic === true}
        onChange={(event) => choose({ brandOrganic: event.currentTarget.checked })}
      />
      <Tooltip label="Branded content visibility cannot be set to private." disabled={!isPrivate}>
        <div>
          <Checkbox
            label="Branded content"
            description="You are promoting another brand or a third party. This content will be classified as Branded Content."
            disabled={isPrivate}
            checked={options.brandContent === true}
            onChange={(event) => choose({ brandContent: event.currentTarget.checked })}
          />
        </div>
      </Tooltip>
      <Alert variant="light" color={label === null ? 'orange' : 'iris'} icon={<IconInfoCircle />} p="xs">
        {label ?? disclosureWords}
      </Alert>
    </Stack>
  );
}

function Declaration({ options }: { options: TargetOptions }) {
  const [before = '', after = ''] = declarationOf(options).split('Branded Content Policy');
  const branded = options.brandContent === true;
  const music = (
    <PolicyLink to="https://www.tiktok.com/legal/page/global/music-usage-confirmation/en">
      Music Usage Confirmation
    </PolicyLink>
  );
  if (!branded)
    return (
      <>
        {before.replace('Music Usage Confirmation', '')}
        {music}
      </>
    );
  return (
    <>
      {before}
      <PolicyLink to="https://www.tiktok.com/legal/page/global/bc-policy/en">Branded Content Policy</PolicyLink>
      {after.replace('Music Usage Confirmation', '')}
      {music}
    </>
  );
}

function PolicyLink({ to, children }: { to: string; children: string }) {
  return (
    <Anchor href={to} target="_blank" rel="noreferrer" inherit>
      {children}
    </Anchor>
  );
}
