import { z } from 'zod';

/** In device-independent pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const windowStateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  isMaximized: z.boolean(),
});

export const smallest = { width: 720, height: 540 };
const usual = { width: 1_320, height: 860 };

/** As much of the window's upper edge as must be on a display for a person to move it: px. */
const grip = { width: 160, height: 32 };

/**
 * Where the window is opened: where it was, if a display still shows it there; else in the middle, which
 * Electron does when it is given no place.
 * @param displays work areas
 */
export function boundsFor(
  saved: Rectangle | null,
  displays: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (saved === null) return fitted(usual, displays[0]);
  const display = displays.find((area) => showsGrip({ ...saved, ...fitted(saved, area) }, area));
  if (display === undefined) return fitted(saved, displays[0]);
  return { ...fitted(saved, display), x: saved.x, y: saved.y };
}

function showsGrip(bounds: Rectangle, area: Rectangle): boolean {
  const left = Math.max(bounds.x, area.x);
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const isHigh = bounds.y >= area.y && bounds.y + grip.height <= area.y + area.height;
  return isHigh && right - left >= grip.width;
}

function fitted(
  size: { width: number; height: number },
  area: Rectangle | undefined,
): { width: number; height: number } {
  const most = area ?? { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };
  return {
    width: Math.max(smallest.width, Math.min(size.width, most.width)),
    height: Math.max(smallest.height, Math.min(size.height, most.height)),
  };
}
