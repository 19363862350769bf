import { describe, expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('lanes', () => {
  it('keeps the order within a lane and runs lanes side by side', async () => {
    const lanes = new Lanes(8);
    const first = gate();
    const seen: string[] = [];
    lanes.add('a', 'a1', async () => {
      await first.opened;
      seen.push('a1');
    });
    lanes.add('a', 'a2', async () => void seen.push('a2'));
    lanes.add('b', 'b1', async () => {
      seen.push('b1');
      first.open();
    });
    await lanes.drained();
    expect(seen).toEqual(['b1', 'a1', 'a2']);
  });

  it('takes a name once until it has ended', async () => {
    const lanes = new Lanes(8);
    let runs = 0;
    const work = async (): Promise<void> => void (runs += 1);
    lanes.add('a', 'same', work);
    lanes.add('a', 'same', work);
    await lanes.drained();
    lanes.add('a', 'same', work);
    await lanes.drained();
    expect(runs).toBe(2);
  });

  it('never runs more lanes than allowed', async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    for (let lane = 0; lane < 9; lane += 1) {
      lanes.add(`lane${lane}`, `work${lane}`, async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
      });
    }
    await lanes.drained();
    expect(most).toBe(2);
  });

  it('goes on after work that failed', async () => {
    const lanes = new Lanes(1);
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    let ran = false;
    lanes.add('a', 'fails', () => Promise.reject(new Error('broken')).catch(note));
    lanes.add('a', 'next', async () => {
      ran = true;
    });
    await lanes.drained();
    expect({ ran, failures: unhandled.length }).toEqual({ ran: true, failures: 1 });
  });
});
