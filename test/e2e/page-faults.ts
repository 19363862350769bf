import axe, { type AxeResults, type Result } from 'axe-core';
import type { BrowserContext, Page } from 'playwright';

/* What may be wrong with the look of a page, found in the page itself; each fault is a line for a person. */

/** What axe finds on the page as it is now, a line for each element that is at fault. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, help, nodes }: Result) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} (${help}): ${target.join(' ')}: ${failureSummary?.split('\n').at(-1)?.trim()}`,
    ),
  );
}

interface Watched {
  watched: { shift: number; shifted: string[]; moved: string[] };
}

/** From now on every page that is loaded notes what jumps, and what moves by itself. */
export async function watchMotion(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watched: Watched['watched'] = { shift: 0, shifted: [], moved: [] };
    (window as unknown as Watched).watched = watched;
    const nameOf = (node: unknown): string =>
      node instanceof Element ? `${node.localName}.${[...node.classList].slice(0, 2).join('.')}` : String(node);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources?: { node?: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        watched.shift += entry.value;
        watched.shifted.push(
          `${entry.value.toFixed(3)} ${(entry.sources ?? []).map(({ node }) => nameOf(node)).join(', ')}`,
        );
      }
    }).observe({ type: 'layout-shift', buffered: true });
    // A hundredth of a second is what styles are cut to for whoever wants no motion: nobody sees it.
    const isSeen = (duration: string) => duration.split(',').some((part) => parseFloat(part) > 0.01);
    addEventListener('transitionrun', ({ target, propertyName }) => {
      if (target instanceof Element && isSeen(getComputedStyle(target).transitionDuration)) {
        watched.moved.push(`${propertyName} of ${nameOf(target)}`);
      }
    });
    addEventListener('animationstart', ({ target, animationName }) => {
      if (target instanceof Element && isSeen(getComputedStyle(target).animationDuration)) {
        watched.moved.push(`${animationName} of ${nameOf(target)}`);
      }
    });
  });
}

/** How far things jumped since the page was loaded, as browsers score it, and what; what a person caused does not count. */
export async function jumpsOf(page: Page): Promise<{ score: number; what: string[] }> {
  const { shift, shifted } = await page.evaluate(() => (window as unknown as Watched).watched);
  return { score: shift, what: shifted };
}

/** What moved by itself since the page was loaded. */
export async function motionOf(page: Page): Promise<string[]> {
  return [...new Set(await page.evaluate(() => (window as unknown as Watched).watched.moved))];
}

/** What is wider than the window, so that one has to scroll sideways or cannot see it. */
export async function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isOutside = (element: Element): boolean => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > clientWidth + 1 || left < -1);
    };
    const outside = [...document.querySelectorAll('body *')].filter(isOutside).slice(0, 3);
    const names = outside.map(
      (element) => `${element.localName}.${element.className} "${element.textContent?.slice(0, 40)}"`,
    );
    return [`${scrollWidth} px in a window of ${clientWidth}: ${names.join('; ')}`];
  });
}

/**
 * What looks the same whether the keyboard is at it or not. Press a key before, so that the browser knows that it is the
 * keyboard that moves.
 */
export async function unseenFocus(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, video[controls], [tabindex]',
      ),
    ].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [type=hidden], [data-focus-guard], [type=file]') &&
        element.getClientRects().length > 0 &&
        getComputedStyle(element).visibility === 'visible',
    );
    const properties = [
      'outline-style',
      'outline-width',
      'outline-color',
      'box-shadow',
      'border-color',
      'background-color',
    ];
    // What a person sees of a hidden radio or box is drawn by what stands beside it or around it, and of a table by its row.
    const around = (element: HTMLElement): Element[] => {
      const parents: Element[] = [];
      for (let at = element.parentElement; at !== null && parents.length < 6; at = at.parentElement) parents.push(at);
      const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      return [element, ...(element.parentElement?.children ?? []), ...element.children, ...parents, active ?? element];
    };
    const look = (element: HTMLElement): string =>
      around(element)
        .flatMap((part) => ['', '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)))
        .map((style) => properties.map((name) => style.getPropertyValue(name)).join())
        .join('|');
    const still = document.head.appendChild(document.createElement('style'));
    still.textContent = '* { transition: none !important; }';
    const unseen: HTMLElement[] = [];
    for (const element of stops) {
      element.focus({ preventScroll: true });
      // What the page itself does about it is drawn a moment later.
      await Promise.resolve();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
      if (document.activeElement !== element || isOutlined) continue;
      const there = look(element);
      element.blur();
      await Promise.resolve();
      if (look(element) === there) unseen.push(element);
    }
    still.remove();
    return unseen.map(
      (element) =>
        `${element.localName}.${element.className} "${element.ariaLabel ?? element.textContent?.slice(0, 40)}"`,
    );
  });
}
