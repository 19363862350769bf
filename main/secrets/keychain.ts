/** The operating system's store for passwords. Keeps one text under each name, for the user who is logged in. */
export interface Keychain {
  /** What it is called where people meet it, such as "Keychain" on macOS. */
  name: string;
  /** @returns null when there is nothing under the name. @throws {KeychainUnavailable} */
  read(name: string): Promise<string | null>;
  /** @throws {KeychainUnavailable} */
  write(name: string, text: string): Promise<void>;
}

/** The keychain did not answer, or said no. The message is for a person and holds no secret. */
export class KeychainUnavailable extends Error {
  override name = 'KeychainUnavailable';
}
