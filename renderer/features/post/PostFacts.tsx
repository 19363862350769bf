import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCalendarEvent, IconRobot, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import type { Tagging } from '../../../shared/domain/tagging.ts';
import { ProblemList } from '../../components/Failure.tsx';
import { formatDayTime, formatList, formatTime } from '../../components/format.ts';
import { ownZone, showSameTime, zoneCity } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { Fact } from './Fact.tsx';
import { MarkedText } from './preview/MarkedText.tsx';
import { TextLink } from '../../components/links.tsx';

/** Terms of the brand that this post says although it never should. */
export function bannedTermsIn(post: Post): string[] {
  return [...new Set(post.bannedHits.map(({ term }) => term))];
}

/** Everything about the content of a post, for reading; the caption is the one of the account `target`. */
export function PostFacts({ post, target }: { post: Post; target: Target | undefined }) {
  const terms = bannedTermsIn(post);
  const isStoryShown = target !== undefined && isStory(target.options);
  const caption = target?.caption ?? post.caption;
  const others = post.targets.filter((other) => (other.caption ?? post.caption) !== caption);
  return (
    <Stack gap="lg">
      <PostProblems post={post} />
      {isStoryShown && <Fact label={t('composer:story.name')}>{t('composer:story.what')}</Fact>}
      <Fact label={captionLabel(target)}>
        {caption === '' ? <None>{t('post:facts.noCaption')}</None> : <MarkedText text={caption} terms={terms} />}
        {others.length > 0 && (
          <Text size="xs" c="dimmed" mt={6}>
            {t('post:facts.othersOwnText', { count: others.length, networks: names(others) })}
          </Text>
        )}
      </Fact>
      {!isStoryShown && <OtherTexts post={post} terms={terms} />}
      {target !== undefined && !isStoryShown && <TaggingFacts options={target.options} />}
    </Stack>
  );
}

/** What is read beside the caption; a story has none of it. */
function OtherTexts({ post, terms }: { post: Post; terms: readonly string[] }) {
  return (
    <>
      <Fact label={t('post:facts.hashtags')}>
        {post.hashtags.length === 0 ? (
          <None>{t('post:facts.none')}</None>
        ) : (
          <MarkedText text={post.hashtags.join('  ')} terms={terms} />
        )}
      </Fact>
      <Fact label={t('post:facts.altText')}>
        {post.altText ? <MarkedText text={post.altText} terms={terms} /> : <None>{t('post:facts.noAltText')}</None>}
      </Fact>
      {post.firstComment && (
        <Fact label={t('post:facts.firstComment')}>
          <MarkedText text={post.firstComment} terms={terms} />
        </Fact>
      )}
    </>
  );
}

function TaggingFacts({ options }: { options: Tagging }) {
  const { userTags = [], collaborators = [], locationId } = options;
  const handles = (usernames: readonly string[]) => usernames.map((name) => `@${name}`).join(', ');
  return (
    <>
      {userTags.length > 0 && <Fact label={t('post:facts.tagged')}>{handles(userTags)}</Fact>}
      {collaborators.length > 0 && <Fact label={t('post:facts.collaborators')}>{handles(collaborators)}</Fact>}
      {locationId !== undefined && (
        <Fact label={t('post:facts.place')}>{t('post:facts.placePage', { number: locationId })}</Fact>
      )}
    </>
  );
}

function captionLabel(target: Target | undefined): string {
  if (target === undefined || isStory(target.options)) return t('post:facts.caption');
  return t('post:facts.captionOn', { network: platformNames[target.platform] });
}

/** When, for whom and by whom, in one line or two. */
export function PostOrigin({ post, withClient = true }: { post: Post; withClient?: boolean }) {
  return (
    <Group gap="4px 20px">
      {withClient && (
        <TextLink to="/clients/$id" params={{ id: post.clientId }} size="sm" fw={600} c="inherit">
          {post.clientName}
        </TextLink>
      )}
      <Group gap={6} wrap="nowrap">
        <IconCalendarEvent size={17} stroke={1.7} aria-hidden />
        <Text size="sm">
          {t('common:time.inPlace', {
            when: formatDayTime(post.scheduledFor, post.timezone),
            city: zoneCity(post.timezone),
          })}
          {!showSameTime(post.scheduledFor, post.timezone, ownZone) && (
            <Text span c="dimmed" inherit>
              {' '}
              {t('post:facts.here', { time: formatTime(post.scheduledFor) })}
            </Text>
          )}
        </Text>
      </Group>
      <Group gap={6} wrap="nowrap" c="dimmed">
        {post.source === 'ai' ? (
          <IconRobot size={17} stroke={1.7} aria-hidden />
        ) : (
          <IconUser size={17} stroke={1.7} aria-hidden />
        )}
        <Text size="sm">{t(post.source === 'ai' ? 'post:facts.byAi' : 'post:facts.byPerson')}</Text>
      </Group>
    </Group>
  );
}

function PostProblems({ post }: { post: Post }) {
  const problems = [...bannedTermsIn(post).map(bannedProblem), ...post.problems];
  if (problems.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title={t('post:facts.inTheWay')}>
      <ProblemList problems={problems} />
    </Alert>
  );
}

function bannedProblem(term: string): Problem {
  return { field: 'caption', code: 'banned', message: t('post:facts.banned', { term }) };
}

function names(targets: readonly Target[]): string {
  return formatList(targets.map(({ platform }) => platformNames[platform]));
}

function None({ children }: { children: ReactNode }) {
  return (
    <Text span c="dimmed" inherit>
      {children}
    </Text>
  );
}
