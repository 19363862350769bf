import Database from 'better-sqlite3';

const connections: Database.Database[] = [];
const prepare = Database.prototype.prepare;

Database.prototype.prepare = function (this: Database.Database, ...source: Parameters<typeof prepare>) {
  if (!connections.includes(this)) connections.push(this);
  return prepare.apply(this, source);
} as typeof prepare;

/**
 * The connection that the app itself has to a database: what it can be told, such as how large its file may
 * become, holds for that one alone.
 */
export function connectionTo(file: string): Database.Database {
  for (const closed of connections.filter(({ open }) => !open)) connections.splice(connections.indexOf(closed), 1);
  const found = connections.find(({ name, readonly }) => name === file && !readonly);
  if (found === undefined) throw new Error(`Nobody has ${file} open.`);
  return found;
}
