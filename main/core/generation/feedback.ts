import type { LessonRecord } from '../ports/index.ts';

/** What a request tells the model of earlier texts of the same client; always data, never an instruction. */
export interface Feedback {
  rejected: { reason: string; text: string }[];
  edited: { written: string; changedTo: string }[];
}

/** Lessons read for one request, newest first; more would not fit. */
export const lessonsRead = 40;

const mostRejected = 12;
const mostEdited = 4;
/** UTF-16 units. */
const longest = { reason: 300, text: 200, edit: 500, all: 6_000 };

/**
 * The newest lessons that fit, newest first. Each is cut to its length, and the oldest are left out where all of them
 * together would be too much.
 * @param lessons of one client, newest first
 */
export function feedbackOf(lessons: readonly LessonRecord[]): Feedback {
  const feedback: Feedback = { rejected: [], edited: [] };
  let room = longest.all;
  for (const { reason, written, changedTo } of lessons) {
    const size = reason === null ? 2 * longest.edit : longest.reason + longest.text;
    const taken = Math.min(size, (reason ?? changedTo ?? '').length + written.length);
    if (taken > room) break;
    if (reason !== null && feedback.rejected.length < mostRejected) {
      feedback.rejected.push({ reason: cut(reason, longest.reason), text: cut(written, longest.text) });
      room -= taken;
    } else if (reason === null && changedTo !== null && feedback.edited.length < mostEdited) {
      feedback.edited.push({ written: cut(written, longest.edit), changedTo: cut(changedTo, longest.edit) });
      room -= taken;
    }
  }
  return feedback;
}

/** Whether there is nothing to learn from yet. */
export function isEmpty({ rejected, edited }: Feedback): boolean {
  return rejected.length === 0 && edited.length === 0;
}

/** Whole characters only: half an emoji is no text. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
