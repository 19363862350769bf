import { useEffect, useState } from 'react';
import type { Box } from './place.ts';

/** Where the first visible element of a selector is, followed as the page moves and changes; null while there is none. */
export function useBox(selector: string | null): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const next = selector === null ? null : boxOf(selector);
      setBox((before) => (isSame(before, next) ? before : next));
    };
    const lookSoon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const changes = new MutationObserver(lookSoon);
    changes.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    const sizes = new ResizeObserver(lookSoon);
    sizes.observe(document.body);
    addEventListener('resize', lookSoon);
    addEventListener('scroll', lookSoon, { capture: true, passive: true });
    look();
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      sizes.disconnect();
      removeEventListener('resize', lookSoon);
      removeEventListener('scroll', lookSoon, { capture: true });
    };
  }, [selector]);
  return box;
}

function boxOf(selector: string): Box | null {
  for (const element of document.querySelectorAll(selector)) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const isVisible = width > 0 && height > 0 && left >= 0 && left < innerWidth && top >= 0 && top < innerHeight;
    if (isVisible) return { left, top, width, height };
  }
  return null;
}

function isSame(a: Box | null, b: Box | null): boolean {
  if (a === null || b === null) return a === b;
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}
