import type { z } from 'zod';

/**
 * What is wrong with an input, for a person, where its schema does not say it better; for `z.config({ localeError })`.
 * The validator's own words are those of programmers, and in English alone.
 */
export function inputWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is missing.' : typeWords(String(issue.expected));
    case 'too_big':
      return tooBigWords(String(issue.origin), Number(issue.maximum));
    case 'too_small':
      return tooSmallWords(String(issue.origin), Number(issue.minimum));
    case 'invalid_value':
      return issue.input === undefined ? 'This is missing.' : `Use one of these: ${issue.values.join(', ')}.`;
    case 'unrecognized_keys':
      return `This is not known here: ${issue.keys.join(', ')}.`;
    default:
      return 'This does not have the form that is asked for.';
  }
}

function typeWords(expected: string): string {
  switch (expected) {
    case 'string':
      return 'Use a text.';
    case 'number':
      return 'Use a number.';
    case 'int':
      return 'Use a whole number.';
    case 'boolean':
      return 'Use true or false.';
    case 'array':
      return 'Use a list.';
    default:
      return 'This does not have the form that is asked for.';
  }
}

function tooBigWords(origin: string, most: number): string {
  if (origin === 'string') return `Use at most ${most} characters.`;
  return origin === 'array' ? `Give at most ${most} of these.` : `Use ${most} at most.`;
}

function tooSmallWords(origin: string, least: number): string {
  if (origin === 'string') return least === 1 ? 'This must not be empty.' : `Use at least ${least} characters.`;
  return origin === 'array' ? `Give at least ${least} of these.` : `Use ${least} at least.`;
}
