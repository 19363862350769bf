import { Text, Tooltip, useDirection, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { Face } from '../../components/Face.tsx';
import { formatNumber, formatTime } from '../../components/format.ts';
import { postStatusLooks } from '../../components/status.tsx';
import { worstTroubleOf } from '../../components/trouble.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './home.module.css';
import { layOutToday, type Mark, momentOf } from './today-line.ts';

/** What goes out only after somebody has approved it. */
const undecided: readonly string[] = ['draft', 'generating', 'in_review'];
const rowHeight = 62;

/** Posts along the hours of a day. One stop for the Tab key; the arrows go from post to post. */
export function Line({ posts, begin, now }: { posts: readonly Post[]; begin: number; now: number }) {
  const line = layOutToday(posts, begin, now);
  const list = useRef<HTMLOListElement>(null);
  const { dir } = useDirection();
  const next = line.marks.findIndex(({ at }) => at >= line.now);
  const first = next === -1 ? line.marks.length - 1 : next;

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const here = links.findIndex((link) => link === document.activeElement);
    links[here + (dir === 'rtl' ? -step : step)]?.focus();
    event.preventDefault();
  };
  return (
    <div className={classes.line}>
      <ol
        ref={list}
        className={classes.marks}
        style={{ height: line.rows * rowHeight }}
        aria-label={t('home:today.posts')}
        onKeyDown={move}
      >
        {line.marks.map((mark, index) => (
          <li
            key={mark.posts[0].id}
            className={classes.mark}
            style={{ insetInlineStart: `${mark.at * 100}%`, bottom: mark.row * rowHeight }}
          >
            {mark.posts.length === 1 ? (
              <PostMark post={mark.posts[0]} now={now} tabIndex={index === first ? 0 : -1} />
            ) : (
              <ManyMark mark={mark} tabIndex={index === first ? 0 : -1} />
            )}
          </li>
        ))}
      </ol>
      <div className={classes.hours} aria-hidden>
        <div className={classes.gone} style={{ width: `${line.now * 100}%` }} />
        <div className={classes.now} style={{ insetInlineStart: `${line.now * 100}%` }} />
        {line.hours.map(({ at, instant }) => (
          <span key={instant} className={classes.hour} style={{ insetInlineStart: `${at * 100}%` }}>
            {formatTime(new Date(instant).toISOString())}
          </span>
        ))}
      </div>
    </div>
  );
}

function PostMark({ post, now, tabIndex }: { post: Post; now: number; tabIndex: number }) {
  const time = formatTime(new Date(momentOf(post)).toISOString());
  const trouble = worstTroubleOf(post, now);
  const isAtRisk = trouble?.kind === 'risk';
  const look = isAtRisk ? postStatusLooks.held : postStatusLooks[post.status];
  const state = isAtRisk ? trouble.label : t(look.label);
  const caption = post.caption.trim() === '' ? t('common:noCaption') : post.caption;
  const name = t('home:today.post', { time, client: post.clientName, state });
  const Icon = look.icon;
  return (
    <Tooltip
      label={
        <>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Text size="xs" lineClamp={3} dir="auto">
            {caption}
          </Text>
        </>
      }
    >
      <Link
        to="/posts/$id"
        params={{ id: post.id }}
        className={classes.post}
        data-undecided={undecided.includes(post.status) || undefined}
        data-status={post.status}
        data-testid="today-post"
        tabIndex={tabIndex}
      >
        <VisuallyHidden>{t('home:today.postAbout', { post: name, caption: caption.slice(0, 80) })}</VisuallyHidden>
        <span className={classes.face} aria-hidden>
          <Face name={post.clientName} size={36} />
          <span className={classes.state} style={{ background: `var(--mantine-color-${look.color}-filled)` }}>
            <Icon size={11} />
          </span>
        </span>
        <span className={classes.time} aria-hidden>
          {time}
        </span>
      </Link>
    </Tooltip>
  );
}

/** More posts than there is room for: the calendar shows each of them. */
function ManyMark({ mark: { posts }, tabIndex }: { mark: Mark; tabIndex: number }) {
  const time = formatTime(new Date(momentOf(posts[0])).toISOString());
  return (
    <Link to="/calendar" search={{ view: 'day' }} className={classes.post} tabIndex={tabIndex}>
      <VisuallyHidden>{t('home:today.many', { count: posts.length, time })}</VisuallyHidden>
      <span className={classes.many} aria-hidden>{`+${formatNumber(posts.length)}`}</span>
      <span className={classes.time} aria-hidden>
        {time}
      </span>
    </Link>
  );
}
