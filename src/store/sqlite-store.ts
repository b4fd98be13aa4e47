import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PassStore } from './pass-store.ts';

const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 2000;

/**
 * A store in an SQLite file. Missing folders and the file are created. Several processes may share the file.
 * @throws Error when the file cannot be opened, is not a database, or was written with a newer schema. All methods may throw for the same
 * reasons.
 */
export function openSqliteStore(path: string): PassStore {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  const close = () => {
    if (database.isOpen) database.close();
  };
  try {
    prepareSchema(database);
    const insert = database.prepare(
      `INSERT INTO passes (account, lab, task, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account, lab, task) DO UPDATE SET at = max(at, excluded.at)`,
    );
    const newest = database.prepare('SELECT max(at) AS at FROM passes WHERE account = ? AND lab = ?');
    return {
      remember(account, lab, task, at) {
        insert.run(account, lab, task, at.getTime());
      },
      lastPass(account, lab) {
        const { at } = newest.get(account, lab) ?? {};
        return typeof at === 'number' ? new Date(at) : undefined;
      },
      close,
      [Symbol.dispose]: close,
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

function prepareSchema(database: DatabaseSync): void {
  const { user_version } = database.prepare('PRAGMA user_version').get() ?? {};
  const version = Number(user_version);
  if (version > SCHEMA_VERSION) throw new Error(`it was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION})`);
  // `at` is in milliseconds since 1970, UTC.
  database.exec(`
    CREATE TABLE IF NOT EXISTS passes (
      account TEXT NOT NULL, lab TEXT NOT NULL, task TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (account, lab, task)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = ${SCHEMA_VERSION};
  `);
}
