import type { Reader } from './reader.ts';

/** A reader without a service, for tests. */
export const defineReader = <Args extends readonly unknown[], Facts>(reader: Reader<Args, Facts>): Reader<Args, Facts> => reader;
