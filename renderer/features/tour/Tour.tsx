import { CloseButton, Group, Paper, Text, useDirection } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { t } from '../../i18n/i18n.ts';
import { placeCard } from './place.ts';
import classes from './tour.module.css';
import { goToStep, leaveTour, type TourStep, tourSteps, useTour } from './tour-store.ts';
import { StepActions, StepWords } from './TourSteps.tsx';
import { useApproved } from './use-approved.ts';
import { useBox } from './use-box.ts';

const cardWidth = 330;

/** What a step speaks of: the very controls of the app. */
const targets: Record<TourStep, { selector: string | null; side: 'beside' | 'above' }> = {
  open: { selector: 'nav a[href="/review"]', side: 'beside' },
  approve: { selector: '[data-testid="approve"]', side: 'above' },
  done: { selector: null, side: 'beside' },
};

/** A card that goes along while a person does the real thing. It never stands in the way, and can be left at any time. */
export function Tour() {
  const { step, isAsked } = useTour();
  const { pathname } = useLocation();
  const approved = useApproved();
  const { selector, side } = targets[step];
  const box = useBox(selector);
  const bar = useBox('[data-bottom-bar]');
  const view = useViewportSize();
  const { dir } = useDirection();
  const card = useRef<HTMLDivElement>(null);

  const isAtPost = pathname === '/review' || pathname.startsWith('/posts/');
  useEffect(() => {
    if (step === 'open' && isAtPost) goToStep('approve');
    if (step !== 'done' && approved !== undefined) goToStep('done');
  }, [step, isAtPost, approved]);
  useEffect(() => {
    if (isAsked) card.current?.focus();
  }, [isAsked]);

  const number = tourSteps.indexOf(step) + 1;
  return (
    <>
      {box !== null && <Ring {...box} />}
      <Paper
        ref={card}
        component="aside"
        className={classes.card}
        style={{ width: cardWidth, ...placeCard(box, side, view, cardWidth, dir, bar) }}
        tabIndex={-1}
        aria-label={t('tour:name')}
        data-testid="tour"
        data-step={step}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leaveTour();
        }}
      >
        <Group justify="space-between" wrap="nowrap" mb={6}>
          <Text size="xs" fw={600} className={classes.step}>
            {t('tour:step', { number, of: tourSteps.length })}
          </Text>
          <CloseButton size="sm" aria-label={t('tour:leave')} onClick={leaveTour} />
        </Group>
        <div role="status">
          <StepWords step={step} approved={approved} isAtPost={isAtPost} />
        </div>
        <StepActions step={step} isAtPost={isAtPost} />
      </Paper>
    </>
  );
}

function Ring({ left, top, width, height }: { left: number; top: number; width: number; height: number }) {
  return (
    <div
      className={classes.ring}
      style={{ left: left - 4, top: top - 4, width: width + 8, height: height + 8 }}
      aria-hidden
    />
  );
}
