/** The store cannot be used. The message is for a person who has never seen this app's inside. */
export class StoreUnusable extends Error {
  override name = 'StoreUnusable';
  readonly file: string;

  constructor(file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
  }
}

export class SqliteTooOld extends StoreUnusable {
  override name = 'SqliteTooOld';

  constructor(file: string, found: string, needed: string) {
    super(
      file,
      `This build of AutoSocial AI carries SQLite ${found}, but needs ${needed} or newer: older ones can damage data. Reinstall the app's packages.`,
    );
  }
}

export class NotADatabase extends StoreUnusable {
  override name = 'NotADatabase';

  constructor(file: string) {
    super(
      file,
      `${file} is not a database of AutoSocial AI. Nothing was changed. Move that file away, or choose another data folder.`,
    );
  }
}

export class ForeignDatabase extends StoreUnusable {
  override name = 'ForeignDatabase';

  constructor(file: string) {
    super(
      file,
      `${file} is a database of another program. Nothing was changed. Move that file away, or choose another data folder.`,
    );
  }
}

export class NewerDatabase extends StoreUnusable {
  override name = 'NewerDatabase';

  constructor(file: string, found: number, known: number) {
    super(
      file,
      `This data is from a newer version of AutoSocial AI (its format is ${found}, this version knows up to ${known}). Nothing was changed. Update the app to open ${file}.`,
    );
  }
}

export class StoreDamaged extends StoreUnusable {
  override name = 'StoreDamaged';

  constructor(file: string, detail: string, options?: ErrorOptions) {
    super(
      file,
      `The data in ${file} is damaged (${detail}). Nothing was changed and nothing is published. Keep the file, and restore a backup.`,
      options,
    );
  }
}

export class StoreNotWritable extends StoreUnusable {
  override name = 'StoreNotWritable';

  constructor(file: string, options?: ErrorOptions) {
    super(
      file,
      `${file} cannot be written. Check that the folder exists, that it belongs to you, and that the disk is not write-protected.`,
      options,
    );
  }
}

export class StoreOnNetworkDrive extends StoreUnusable {
  override name = 'StoreOnNetworkDrive';

  constructor(file: string) {
    super(
      file,
      `${file} lies on a network drive, where a database can be damaged. Choose a data folder on a disk of this computer.`,
    );
  }
}

export class StoreBusy extends StoreUnusable {
  override name = 'StoreBusy';

  constructor(file: string, options?: ErrorOptions) {
    super(
      file,
      `Another program is holding ${file}. Close other copies of AutoSocial AI and tools that have the file open, then try again.`,
      options,
    );
  }
}

export class DiskFull extends StoreUnusable {
  override name = 'DiskFull';

  constructor(file: string, options?: ErrorOptions) {
    super(file, `The disk that holds ${file} is full. Nothing was lost; free some space.`, options);
  }
}

const notWritable = /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/;

/** Turns what SQLite says about the file into words; hands every other error back as it is. */
export function explain(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code.startsWith('SQLITE_CORRUPT')) return new StoreDamaged(file, messageOf(error), { cause: error });
  if (code.startsWith('SQLITE_NOTADB')) return new NotADatabase(file);
  if (code.startsWith('SQLITE_FULL')) return new DiskFull(file, { cause: error });
  if (notWritable.test(code)) return new StoreNotWritable(file, { cause: error });
  return error;
}

/** True when another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
