/**
 * One value for the whole process, created on first use. The development server reloads modules when they change; what must not exist twice
 * (the practice endpoint, the checks that are running) is kept here.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`labproof.${name}`);
  const home = globalThis as { [key: symbol]: unknown };
  home[key] ??= make();
  return home[key] as T;
}
