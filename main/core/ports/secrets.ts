/** A secret that does not show itself: printing, JSON and inspection give "[redacted]". */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]';
  }
}

/**
 * Where a sealed value lives. It is authenticated with the value, so a ciphertext copied
 * to another row, column or account does not open.
 */
export interface SealedPlace {
  table: string;
  column: string;
  rowId: string;
  accountId: string;
}

/** Seals and opens secrets with AES-256-GCM under a key that comes from outside the data folder. */
export interface SecretStore {
  /** Names the key in use; stored with each sealed value. */
  keyId(): string;
  /** Base64 text that only {@link open} with the same key and place can read. */
  seal(secret: Secret, place: SealedPlace): string;
  /** @throws {SecretUnreadable} when key, place or bytes do not match. */
  open(sealed: string, place: SealedPlace): Secret;
}

export class SecretUnreadable extends Error {
  override name = 'SecretUnreadable';
}
