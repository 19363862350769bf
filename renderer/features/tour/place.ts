/** An element's box in the window, in CSS pixels. */
export type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;

const gap = 16;
const edge = 24;

/**
 * Where the card of a step is put: beside what it speaks of, above it, or in the corner while that is not to be seen.
 * Distances are from the start of the line, so that it is right in both directions.
 */
export function placeCard(
  target: Box | null,
  side: 'beside' | 'above',
  view: { width: number; height: number },
  cardWidth: number,
  dir: 'ltr' | 'rtl',
  /** A bar at the foot of the window that must stay free. */
  bar: Box | null = null,
): { insetInlineStart?: number; insetInlineEnd?: number; top?: number; bottom?: number } {
  if (target === null) {
    return { insetInlineEnd: edge, bottom: bar === null ? edge : view.height - bar.top + gap };
  }
  const start = dir === 'ltr' ? target.left : view.width - target.left - target.width;
  if (side === 'beside' && start + target.width + gap + cardWidth + edge <= view.width) {
    return { insetInlineStart: start + target.width + gap, top: target.top };
  }
  const middle = start + target.width / 2 - cardWidth / 2;
  const insetInlineStart = Math.min(Math.max(middle, edge), view.width - cardWidth - edge);
  return { insetInlineStart, bottom: view.height - target.top + gap };
}
