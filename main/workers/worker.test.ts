import { describe, expect, it, onTestFinished } from 'vitest';
import type { sampleTasks } from './sample-worker.ts';
import { createWorker } from './worker.ts';

const sample = (options?: { idleMs?: number; limitMs?: number }) =>
  createWorker<typeof sampleTasks>('sample-worker', import.meta.url, options);

/** Whether a process of this id is there. */
function lives(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

describe('a worker', () => {
  it('runs tasks in one process that is not ours, copying bytes in and out', async () => {
    const worker = sample();
    const [first, second, bytes] = await Promise.all([
      worker.call('processId'),
      worker.call('processId'),
      worker.call('reversed', new Uint8Array([1, 2, 3])),
    ]);
    expect(first).not.toBe(process.pid);
    expect(second).toBe(first);
    expect(bytes).toEqual(new Uint8Array([3, 2, 1]));
  });

  it('hands back what a task threw, and goes on', async () => {
    const worker = sample();
    await expect(worker.call('refuse')).rejects.toMatchObject({
      name: 'Refused',
      message: 'Not that one.',
      code: 'sour',
    });
    expect(await worker.call('processId')).toBeGreaterThan(0);
  });

  it('is started anew after a crash, and fails only the call that crashed', async () => {
    const worker = sample();
    const before = await worker.call('processId');
    const crash = worker.call('crash');
    const after = worker.call('processId');
    await expect(crash).rejects.toMatchObject({ name: 'WorkerEnded' });
    expect(await after).not.toBe(before);
  });

  it('is ended when a task takes too long', async () => {
    const worker = sample({ limitMs: 300 });
    await expect(worker.call('hang')).rejects.toMatchObject({ name: 'WorkerEnded', code: 'limit' });
    expect(await worker.call('processId')).toBeGreaterThan(0);
  });

  it('is ended when a task takes too much memory', async () => {
    const worker = sample();
    await expect(worker.call('takeAndHang', 500)).rejects.toMatchObject({ name: 'WorkerEnded', code: 'limit' });
    expect(await worker.call('processId')).toBeGreaterThan(0);
  });

  it('is ended when a task takes too much processor time', async () => {
    const worker = sample();
    await expect(worker.call('compute')).rejects.toMatchObject({ name: 'WorkerEnded', code: 'limit' });
    expect(await worker.call('processId')).toBeGreaterThan(0);
  });

  it('is started anew once it holds half of the memory it may take', async () => {
    const worker = sample();
    const first = await worker.call('take', 250);
    expect(await worker.call('processId')).not.toBe(first);
  });

  it('ends when it has had nothing to do', async () => {
    const worker = sample({ idleMs: 1 });
    const processId = await worker.call('processId');
    await expect.poll(() => lives(processId)).toBe(false);
    expect(await worker.call('processId')).not.toBe(processId);
  });

  it('is told none of our keys', async () => {
    process.env.GROQ_API_KEY = 'secret';
    onTestFinished(() => void delete process.env.GROQ_API_KEY);
    expect(await sample().call('environment')).not.toContain('GROQ_API_KEY');
  });
});
