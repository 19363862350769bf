import { create } from 'zustand';

/** The steps of the tour: find what waits, approve it, see what becomes of it. */
export const tourSteps = ['open', 'approve', 'done'] as const;
export type TourStep = (typeof tourSteps)[number];

const key = 'autosocial-tour';

interface Tour {
  /** The step it stands at, also while it is not shown. */
  step: TourStep;
  isShown: boolean;
  /** The newest approval there was when it began, '' for none: a newer one ends it. Null while that is not known yet. */
  seen: string | null;
  /** A person asked for it, so the keyboard goes there. */
  isAsked: boolean;
}

export const useTour = create<Tour>(() => ({ step: 'open', isShown: false, seen: null, isAsked: false, ...stored() }));

/** Shows the tour where it was left, or from its beginning when it had ended. */
export function startTour(): void {
  const { step } = useTour.getState();
  show(step === 'done' ? 'open' : step, true);
}

/** Shows the tour to somebody who has never had it; does nothing later. */
export function offerTour(): void {
  if (stored() === null) show('open', false);
}

export function goToStep(step: TourStep): void {
  keep({ ...useTour.getState(), step });
}

/** What was approved before does not count. */
export function noteSeen(seen: string): void {
  keep({ ...useTour.getState(), seen });
}

/** Puts it away until it is asked for. */
export function leaveTour(): void {
  keep({ ...useTour.getState(), isShown: false });
}

function show(step: TourStep, isAsked: boolean): void {
  keep({ step, isShown: true, seen: null, isAsked });
}

function keep(tour: Tour): void {
  useTour.setState(tour);
  localStorage.setItem(key, JSON.stringify({ step: tour.step, isShown: tour.isShown, seen: tour.seen }));
}

/** What this computer remembers of it; null when it was never shown, or what is there cannot be read. */
function stored(): Pick<Tour, 'step' | 'isShown' | 'seen'> | null {
  try {
    const { step, isShown, seen } = JSON.parse(localStorage.getItem(key) ?? 'null') as Record<string, unknown>;
    const known = tourSteps.find((each) => each === step);
    if (known === undefined || typeof isShown !== 'boolean') return null;
    return { step: known, isShown, seen: typeof seen === 'string' ? seen : null };
  } catch {
    return null;
  }
}
