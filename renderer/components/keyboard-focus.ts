/** Where the keyboard is at work: whoever listens to single keys asks first. */

/** Letters typed there are text. */
export function isTyping(target: Element): boolean {
  return (
    (target instanceof HTMLElement && target.isContentEditable) ||
    target.matches('textarea, select, input:not([type=radio], [type=checkbox])')
  );
}

export function isInDialog(target: Element): boolean {
  return target.closest('[role=dialog]') !== null;
}

/** Whatever is pressed there is chosen as a key, and does nothing. */
export function isTakingKeys(target: Element): boolean {
  return target.closest('[data-takes-keys]') !== null;
}
