import { expect, it } from 'vitest';
import { placeCard } from './place.ts';

const view = { width: 1000, height: 700 };
const link = { left: 10, top: 100, width: 200, height: 40 };

it('stands beside what it speaks of, in both directions', () => {
  expect(placeCard(link, 'beside', view, 320, 'ltr')).toEqual({ insetInlineStart: 226, top: 100 });
  const mirrored = { ...link, left: view.width - link.left - link.width };
  expect(placeCard(mirrored, 'beside', view, 320, 'rtl')).toEqual({ insetInlineStart: 226, top: 100 });
});

it('stands above it where that is wanted, or where there is no room beside, and never over the edge', () => {
  const button = { left: 440, top: 640, width: 120, height: 40 };
  expect(placeCard(button, 'above', view, 320, 'ltr')).toEqual({ insetInlineStart: 340, bottom: 76 });
  const last = { ...button, left: 870 };
  expect(placeCard(last, 'beside', view, 320, 'ltr')).toEqual({ insetInlineStart: 656, bottom: 76 });
  expect(placeCard(last, 'above', view, 320, 'rtl')).toEqual({ insetInlineStart: 24, bottom: 76 });
});

it('waits in the corner for what is not on the page', () => {
  expect(placeCard(null, 'beside', view, 320, 'ltr')).toEqual({ insetInlineEnd: 24, bottom: 24 });
});

it('leaves the bar at the foot of the window free', () => {
  const bar = { left: 220, top: 600, width: 760, height: 84 };
  expect(placeCard(null, 'beside', view, 320, 'ltr', bar)).toEqual({ insetInlineEnd: 24, bottom: 116 });
});
