/** Posts due within this keep the computer awake: it takes a while to fall asleep, and a moment to wake. */
const soonMs = 15 * 60_000;

/** Whether the computer should stay awake now. Times are UTC ms. */
export function shouldStayAwake(facts: {
  isWished: boolean;
  isStopped: boolean;
  publishing: number;
  nextDueAt: number | null;
  now: number;
}): boolean {
  const { isWished, isStopped, publishing, nextDueAt, now } = facts;
  if (!isWished || isStopped) return false;
  return publishing > 0 || (nextDueAt !== null && nextDueAt - now <= soonMs);
}
