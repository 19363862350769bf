import type BetterSqlite3 from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely';
import { whenFree } from './busy.ts';
import type { StoreHealth } from './health.ts';
import { explain, StoreUnusable } from './unusable.ts';

/** What is learnt from a statement. */
type Lesson = Pick<StoreHealth, 'failed' | 'written'>;

/**
 * Kysely over one open SQLite connection. Unlike Kysely's own driver, transactions take the write
 * lock at their start, a lock held by another process is waited for without stopping this one, and
 * prepared statements are kept. What a statement shows of the store's health is told.
 */
export function sqliteDialect(database: BetterSqlite3.Database, health: Lesson): Dialect {
  return {
    createDriver: () => new SqliteDriver(database, health),
    createQueryCompiler: () => new LiteralLimits(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite prepares a statement anew at each run when its limit is a parameter; there are few limits, so they are written out. */
class LiteralLimits extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    const isWhole = ValueNode.is(limit) && Number.isInteger(limit.value);
    super.visitLimit(isWhole ? { ...node, limit: ValueNode.createImmediate(limit.value) } : node);
  }
}

class SqliteDriver implements Driver {
  readonly #database: BetterSqlite3.Database;
  readonly #connection: SqliteConnection;

  constructor(database: BetterSqlite3.Database, health: Lesson) {
    this.#database = database;
    this.#connection = new SqliteConnection(database, health);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.run('begin immediate', []);
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.run('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.forgetChanges();
    // After some errors, such as a full disk, SQLite has rolled back already.
    if (this.#database.inTransaction) await this.#connection.run('rollback', []);
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** More distinct statements than the app has; batches of other lengths make new ones. */
const statementsKept = 400;

class SqliteConnection implements DatabaseConnection {
  readonly #database: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  readonly #health: Lesson;
  #hasChanges = false;

  constructor(database: BetterSqlite3.Database, health: Lesson) {
    this.#database = database;
    this.#health = health;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.run<R>(sql, parameters);
  }

  async run<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    const file = this.#database.name;
    try {
      const result = await whenFree(file, () => this.#runOnce<R>(sql, parameters));
      if (this.#hasChanges && !this.#database.inTransaction) {
        this.#hasChanges = false;
        this.#health.written();
      }
      return result;
    } catch (error) {
      const reason = explain(error, file);
      if (reason instanceof StoreUnusable) this.#health.failed(reason);
      throw reason;
    }
  }

  /** What was changed since the last commit is taken back. */
  forgetChanges(): void {
    this.#hasChanges = false;
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are read whole; streams would hold the only connection.');
  }

  #runOnce<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const statement = this.#prepare(sql);
    // The rows' shape is what the query builder derived from the table types.
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes } = statement.run(...parameters);
    if (changes > 0) this.#hasChanges = true;
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  #prepare(sql: string): BetterSqlite3.Statement<unknown[]> {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= statementsKept) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }
}
