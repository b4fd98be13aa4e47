import type { TestProject } from 'vitest/node';
import { startSite } from './site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built site is that all journeys visit, each with browsers, and so practice accounts, of its own. */
    readonly site: string;
  }
}

/** Starts the built site once for all journeys. */
export default async function shareSite(project: TestProject): Promise<() => Promise<void>> {
  const site = await startSite();
  project.provide('site', site.url);
  return async () => site[Symbol.asyncDispose]();
}
