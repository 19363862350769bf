import { z } from 'zod';

const longest = 500;

/**
 * A network's own words: on one line, cut short, and without long runs of letters and digits, which no
 * language has. Networks quote the token or code they refuse, and their words are shown and stored.
 */
export const wordsSchema = z.string().transform((text) => {
  const clean = text
    .replace(/[\w.~+/=%|!-]{20,}/g, (run) => (/\d/.test(run) && /[a-z]/i.test(run) ? '[redacted]' : run))
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
});

/** The name a network gives a request, to be told to its support; null when it has another form. */
export const traceSchema = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .nullish()
  .catch(null);
