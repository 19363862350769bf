import { beginning } from './scenario.ts';
import { type Verdict, World, type WorldOptions } from './world.ts';
import { openWorldStore, type WorldStore } from './world-store.ts';
import { WorldTime } from './world-time.ts';

/** Runs worlds one after the other over one real store. */
export class Universe {
  readonly #clock: { current: WorldTime };
  readonly #store: WorldStore;

  static async open(): Promise<Universe> {
    const clock = { current: new WorldTime(beginning) };
    const store = await openWorldStore({
      now: () => clock.current.now(),
      monotonic: () => clock.current.monotonic(),
    });
    return new Universe(clock, store);
  }

  private constructor(clock: { current: WorldTime }, store: WorldStore) {
    this.#clock = clock;
    this.#store = store;
  }

  async run(options: WorldOptions): Promise<Verdict> {
    const time = new WorldTime(beginning);
    this.#clock.current = time;
    await this.#store.reset(options.scenario);
    return new World(time, this.#store, options).run();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
