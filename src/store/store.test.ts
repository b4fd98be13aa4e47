import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory-store.ts';
import { defaultStorePath, openStore } from './open-store.ts';
import type { PassStore } from './pass-store.ts';

const ACCOUNT = '012345678901';
const LAB = 'some-lab';
const at = (time: string) => new Date(`2026-11-20T${time}Z`);

let folder: string;
let warnings: string[];
const warn = (sentence: string) => warnings.push(sentence);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-store-'));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kinds: readonly [string, () => PassStore][] = [
  ['memory', () => createMemoryStore()],
  ['a file', () => openStore(join(folder, 'new', 'passes.sqlite'), { warn })],
];

describe.each(kinds)('a store in %s', (_kind, open) => {
  it('knows nothing of an account that never passed', () => {
    using store = open();
    expect(store.lastPass(ACCOUNT, LAB)).toBeUndefined();
  });

  it('answers the newest pass of any task, whatever the order in which they were noted', () => {
    using store = open();
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00.250'));
    store.remember(ACCOUNT, LAB, 'task-1', at('12:00:00.500'));
    store.remember(ACCOUNT, LAB, 'task-1', at('11:00:00.000'));
    expect(store.lastPass(ACCOUNT, LAB)).toEqual(at('12:00:00.500'));
  });

  it('keeps accounts and labs apart', () => {
    using store = open();
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(store.lastPass('999999999999', LAB)).toBeUndefined();
    expect(store.lastPass(ACCOUNT, 'another-lab')).toBeUndefined();
  });

  it('may be closed twice', () => {
    const store = open();
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    store.close();
    expect(() => store.close()).not.toThrow();
  });
});

describe('the file', () => {
  const path = () => join(folder, 'deep', 'passes.sqlite');

  it('is made at first use, not before', () => {
    using store = openStore(path(), { warn });
    expect(existsSync(path())).toBe(false);
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(existsSync(path())).toBe(true);
  });

  it('outlives the store and can be shared by two', () => {
    using first = openStore(path(), { warn });
    using second = openStore(path(), { warn });
    first.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(second.lastPass(ACCOUNT, LAB)).toEqual(at('10:00:00'));
    first.close();
    second.close();
    using third = openStore(path(), { warn });
    expect(third.lastPass(ACCOUNT, LAB)).toEqual(at('10:00:00'));
    expect(warnings).toEqual([]);
  });

  it('that is no database is left as it is: one warning, then memory', () => {
    const broken = join(folder, 'broken.sqlite');
    writeFileSync(broken, 'not a database at all, but long enough to have a header'.repeat(20));
    const before = readFileSync(broken, 'utf8');
    using store = openStore(broken, { warn });
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(store.lastPass(ACCOUNT, LAB)).toEqual(at('10:00:00'));
    expect(warnings).toEqual([expect.stringContaining(broken)]);
    expect(readFileSync(broken, 'utf8')).toBe(before);
  });

  it('that cannot be made: one warning, then memory', () => {
    writeFileSync(join(folder, 'file'), '');
    using store = openStore(join(folder, 'file', 'passes.sqlite'), { warn });
    expect(store.lastPass(ACCOUNT, LAB)).toBeUndefined();
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(store.lastPass(ACCOUNT, LAB)).toEqual(at('10:00:00'));
    expect(warnings).toHaveLength(1);
  });

  it('that breaks while in use keeps what it held and takes the rest in memory', () => {
    using store = openStore(path(), { warn });
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    using other = new DatabaseSync(path());
    other.exec("CREATE TRIGGER refuse BEFORE INSERT ON passes BEGIN SELECT raise(ABORT, 'disk is full'); END");
    store.remember(ACCOUNT, LAB, 'task-1', at('12:00:00'));
    store.remember('111111111111', LAB, 'task-1', at('13:00:00'));
    expect(store.lastPass(ACCOUNT, LAB)).toEqual(at('12:00:00'));
    expect(store.lastPass('111111111111', LAB)).toEqual(at('13:00:00'));
    expect(warnings).toEqual([expect.stringContaining('disk is full')]);
  });

  it('of a newer version is not written to', () => {
    const newer = join(folder, 'newer.sqlite');
    using database = new DatabaseSync(newer);
    database.exec('PRAGMA user_version = 2');
    using store = openStore(newer, { warn });
    store.remember(ACCOUNT, LAB, 'task-0', at('10:00:00'));
    expect(warnings).toEqual([expect.stringContaining('newer version')]);
    expect(database.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'").get()).toEqual({ tables: 0 });
  });
});

describe('the default path', () => {
  it('is under LABPROOF_DATA, else under .labproof', () => {
    expect(defaultStorePath({ LABPROOF_DATA: '/data' })).toBe('/data/labproof.sqlite');
    expect(defaultStorePath({ LABPROOF_DATA: '' })).toBe('.labproof/labproof.sqlite');
    expect(defaultStorePath({})).toBe('.labproof/labproof.sqlite');
  });
});
