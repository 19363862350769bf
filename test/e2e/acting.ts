import type { Locator, Page } from 'playwright';

/* What stands between seeing something on a page and acting on it: neither a fast hand nor a slow machine may matter. */

/** Waits until the keyboard is at an element or in it; a dialog has it a moment after it is seen. */
export async function untilKeyboardIn(place: Locator): Promise<void> {
  await place.and(place.page().locator(':focus-within')).first().waitFor({ state: 'attached' });
}

const messages = (page: Page, words: string | RegExp): Locator =>
  page.locator('.mantine-Notification-root').filter({ hasText: words });

/** Clicks "Undo" in the newest message with these words, and in no other one that still stands there. */
export async function undo(page: Page, words: string | RegExp): Promise<void> {
  await messages(page, words).getByRole('button', { name: 'Undo' }).last().click();
}

/** The same with the keyboard alone. */
export async function undoByKeyboard(page: Page, words: string | RegExp): Promise<void> {
  await messages(page, words).getByRole('button', { name: 'Undo' }).last().press('Enter');
}

/** Puts away all messages, so that the next one is about what is done next. */
export async function clearMessages(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const close of document.querySelectorAll<HTMLElement>('.mantine-Notification-closeButton')) close.click();
  });
  await page.waitForFunction(() => document.querySelector('.mantine-Notification-root') === null);
}

/** Presses a key at a control, as if one had come to it with the Tab key. @throws Error for what cannot be reached so */
export async function keyAt(control: Locator, key = 'Enter'): Promise<void> {
  // Radios and boxes are drawn by what stands beside them.
  await control.waitFor({ state: 'attached' });
  const tabIndex = await control.evaluate((element: HTMLElement) => element.tabIndex);
  if (tabIndex < 0) throw new Error(`The Tab key does not come to ${String(control)}.`);
  await control.focus();
  await untilKeyboardIn(control);
  await control.page().keyboard.press(key);
}
