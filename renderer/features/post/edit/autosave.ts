import type { Draft as SavedDraft, DraftContent } from '../../../../shared/contract/drafts.ts';

/** Typing is kept when it pauses this long, and at the latest this long after the first letter that is not kept yet; ms. */
const pauseMs = 500;
const longestMs = 1_200;
/** An answer that takes longer is taken for lost; ms. */
const patienceMs = 4_000;
const retryMs = [1_000, 2_000, 4_000, 8_000];

export interface ToKeep {
  clientId: string;
  content: DraftContent;
}

/**
 * How what was typed stands.
 * - `clean`: nothing was typed since the beginning
 * - `saving`: typed, not kept yet
 * - `saved`: kept by the app
 * - `failed`: not kept by the app; it is in this browser, and is tried again by itself
 * - `conflict`: somebody else changed the draft, or ended it (`theirs` is null); nothing is sent before a person decides
 */
export type SaveState =
  | { kind: 'clean' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; error: unknown }
  | { kind: 'conflict'; theirs: SavedDraft | null };

/** What an autosave needs of the world; the names are the contract's. */
export interface AutosaveDeps {
  put(input: ToKeep & { id: string; basedOn: string | null; revision: number; writer: string }): Promise<SavedDraft>;
  /** The draft as others left it; null when it is gone. */
  get(id: string): Promise<SavedDraft | null>;
  /** Why the app refused to keep it; null for an error that may pass by itself. */
  refusal(error: unknown): 'changed' | 'gone' | null;
  shelf: Shelf;
}

/** Where this browser keeps what the app has not. */
export interface Shelf {
  keep(id: string, entry: Shelved): void;
  drop(id: string): void;
}

export interface Shelved extends ToKeep {
  basedOn: string | null;
  revision: number;
  writer: string;
}

/** Where a draft begins: a new one, or one that was kept before. */
export interface Beginning {
  id: string;
  basedOn: string | null;
  revision: number;
  /** Names this window. */
  writer: string;
  /** When it was kept last; null when it never was. ISO. */
  at: string | null;
}

/** Keeps a draft while it is typed. One at a time is on its way; what is typed meanwhile follows. */
export class Autosave {
  readonly #deps: AutosaveDeps;
  readonly #id: string;
  readonly #writer: string;
  #basedOn: string | null;
  #revision: number;
  /** What was typed last and is not kept by the app yet. */
  #open: ToKeep | null = null;
  #last: ToKeep | null = null;
  #openSince = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #isEnded = false;
  #state: SaveState = { kind: 'clean' };
  readonly #listeners = new Set<() => void>();

  constructor(deps: AutosaveDeps, { id, basedOn, revision, writer, at }: Beginning) {
    this.#deps = deps;
    this.#id = id;
    this.#basedOn = basedOn;
    this.#revision = revision;
    this.#writer = writer;
    if (at !== null) this.#state = { kind: 'saved', at };
  }

  get state(): SaveState {
    return this.#state;
  }

  /** The last revision that is known to be kept; 0 when none is. */
  get revision(): number {
    return this.#revision;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Notes what is typed; it is kept at the next pause. */
  change(toKeep: ToKeep): void {
    if (this.#open === null) this.#openSince = Date.now();
    this.#open = toKeep;
    this.#last = toKeep;
    this.#shelve(toKeep);
    if (this.#state.kind === 'conflict') return;
    if (this.#state.kind !== 'failed') {
      this.#tell({ kind: 'saving' });
      this.#saveIn(Math.min(pauseMs, Math.max(0, this.#openSince + longestMs - Date.now())));
    }
  }

  /** Keeps what is still open now. @returns whether everything is kept */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#state.kind === 'conflict') return false;
    await this.#running;
    if (this.#open !== null) await this.#save();
    return this.#open === null;
  }

  /** Goes on with what is typed here, over what the others left. */
  async keepMine(): Promise<void> {
    if (this.#state.kind !== 'conflict') return;
    this.#revision = this.#state.theirs?.revision ?? 0;
    this.#open ??= this.#last;
    this.#tell({ kind: 'saving' });
    await this.flush();
  }

  /** From now on the draft is based on another content of its post. */
  rebase(basedOn: string, toKeep: ToKeep): void {
    this.#basedOn = basedOn;
    this.change(toKeep);
  }

  /** Nothing is kept any more: the draft was applied or discarded. */
  end(): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
    this.#open = null;
    this.#deps.shelf.drop(this.#id);
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), ms);
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running !== null || this.#open === null || this.#isEnded) return this.#running ?? undefined;
    this.#running = this.#send(this.#open);
    try {
      await this.#running;
    } finally {
      this.#running = null;
    }
    if (this.#open !== null && this.#state.kind === 'saving') this.#saveIn(pauseMs);
  }

  async #send(sent: ToKeep): Promise<void> {
    try {
      const kept = await inTime(
        this.#deps.put({
          ...sent,
          id: this.#id,
          basedOn: this.#basedOn,
          revision: this.#revision,
          writer: this.#writer,
        }),
      );
      this.#revision = kept.revision;
      this.#failures = 0;
      if (this.#isEnded) return;
      if (this.#open !== sent) {
        this.#openSince = Date.now();
        this.#tell({ kind: 'saving' });
        return;
      }
      this.#open = null;
      this.#deps.shelf.drop(this.#id);
      this.#tell({ kind: 'saved', at: kept.updatedAt });
    } catch (error) {
      await this.#fail(error);
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#isEnded) return;
    const refusal = this.#deps.refusal(error);
    if (refusal === 'gone') return this.#tell({ kind: 'conflict', theirs: null });
    if (refusal === 'changed') {
      try {
        return this.#tell({ kind: 'conflict', theirs: await this.#deps.get(this.#id) });
      } catch {
        // It could not be read now: the next try meets the same refusal and asks again.
      }
    }
    this.#tell({ kind: 'failed', error });
    this.#saveIn(retryMs[Math.min(this.#failures, retryMs.length - 1)] ?? 0);
    this.#failures += 1;
  }

  #shelve(toKeep: ToKeep): void {
    this.#deps.shelf.keep(this.#id, {
      ...toKeep,
      basedOn: this.#basedOn,
      revision: this.#revision,
      writer: this.#writer,
    });
  }

  #tell(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not connected')), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
