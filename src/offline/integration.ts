import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';

/** Astro integration: bundles the service worker into one classic script, `/service-worker.js`, beside the built pages. */
export function offlineReading(): AstroIntegration {
  return {
    name: 'offline-reading',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        await build({
          configFile: false,
          logLevel: 'warn',
          define: { 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir: fileURLToPath(dir),
            emptyOutDir: false,
            copyPublicDir: false,
            lib: {
              entry: fileURLToPath(new URL('./service-worker.ts', import.meta.url)),
              formats: ['iife'],
              name: 'offline',
              fileName: () => 'service-worker.js',
            },
          },
        });
      },
    },
  };
}
