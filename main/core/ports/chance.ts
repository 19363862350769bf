/** Everything random, so that a simulation can replay it. */
export interface Random {
  /** Uniform in [0, 1). For jitter, never for secrets. */
  fraction(): number;
  /** Cryptographically strong bytes. */
  bytes(length: number): Uint8Array;
  /** A new id; ids made later sort later (UUID version 7, by the injected clock). */
  id(): string;
}

export interface Digest {
  /** SHA-256 in lowercase hex; text is hashed as UTF-8. */
  sha256(data: string | Uint8Array): string;
}
