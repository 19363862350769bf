/** The store cannot be used. The message is for a person who has never seen this app's inside. */
export class StoreUnusable extends Error {
  override name = 'StoreUnusable';
  readonly file: string;
  /** It may go away by itself, so it is worth trying again. */
  readonly mayPass: boolean = false;

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

/** The store is gone, and something that belongs to it is not: this is no first start. */
export class StoreMissing extends StoreUnusable {
  override name = 'StoreMissing';

  constructor(file: string, left: string) {
    super(
      file,
      `${file} is missing, but ${left} is still there. Nothing was changed and nothing is published. Put the file back, or restore a backup.`,
    );
  }
}

export class StoreUnreachable extends StoreUnusable {
  override name = 'StoreUnreachable';
  override readonly mayPass = true;

  constructor(file: string, options?: ErrorOptions) {
    super(
      file,
      `The disk that holds ${file} does not do what it is asked. It may be failing or unplugged, or an antivirus or sync tool may be holding the file: keep such tools off this folder.`,
      options,
    );
  }
}

export class StoreNotWritable extends StoreUnusable {
  override name = 'StoreNotWritable';
  override readonly mayPass = true;

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
  override readonly mayPass = true;

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
  override readonly mayPass = true;

  constructor(file: string, options?: ErrorOptions) {
    super(file, `The disk that holds ${file} is full. Nothing was lost; free some space.`, options);
  }
}

/** Codes of SQLite and of the system, by what they mean for a person; the first that fits. */
const meanings: readonly [RegExp, (file: string, cause: unknown) => StoreUnusable][] = [
  [/^SQLITE_CORRUPT/, (file, cause) => new StoreDamaged(file, messageOf(cause), { cause })],
  [/^SQLITE_NOTADB/, (file) => new NotADatabase(file)],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, (file, cause) => new DiskFull(file, { cause })],
  [
    /^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/,
    (file, cause) => new StoreNotWritable(file, { cause }),
  ],
  [/^(SQLITE_IOERR|EIO|ENODEV|ENXIO|EBUSY|ETXTBSY)/, (file, cause) => new StoreUnreachable(file, { cause })],
];

/** Turns what SQLite or the system says about the file into words; hands every other error back as it is. */
export function explain(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return meanings.find(([codes]) => codes.test(code))?.[1](file, error) ?? error;
}

/** True when another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** What Node or SQLite calls an error, such as `SQLITE_FULL`; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
