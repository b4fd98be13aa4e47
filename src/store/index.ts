export { createMemoryStore } from './memory-store.ts';
export { defaultStorePath, openStore, type StoreOptions } from './open-store.ts';
export type { PassStore } from './pass-store.ts';
