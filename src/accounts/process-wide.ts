/**
 * One value for the whole process, made on first use. The development server loads modules anew when they change;
 * what must not be started twice (the practice endpoint, the runs in flight) is kept here.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`labproof.${name}`);
  const home = globalThis as { [key: symbol]: unknown };
  home[key] ??= make();
  return home[key] as T;
}
