/** Whether a text is a colour such as `#1f6f54`. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}
