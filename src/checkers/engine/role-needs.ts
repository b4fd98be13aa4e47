import type { AnyReader } from '../../aws/reader.ts';
import type { RoleNeeds } from '../../aws/role/policy.ts';
import type { Lab } from './lab.ts';

/**
 * What a read-only role must be able to see so that every task of a lab can be checked.
 * @param region where the lab is done. Default: the lab's own
 */
export function roleNeedsOf({ id, region: own, resources = [], tasks }: Lab, region: string = own): RoleNeeds {
  const readers = new Map<string, AnyReader>();
  const away = new Map<string, AnyReader>();
  const regions = new Set<string>();
  for (const { reads, expectations } of tasks) {
    for (const reader of Object.values(reads)) readers.set(reader.name, reader);
    for (const { elsewhere } of expectations) {
      for (const name of elsewhere?.reads ?? []) {
        const reader = reads[name];
        if (reader) away.set(reader.name, reader);
      }
      for (const other of elsewhere?.regions ?? []) if (other !== region) regions.add(other);
    }
  }
  return { what: id, region, resources, readers: [...readers.values()], elsewhere: { regions: [...regions], readers: [...away.values()] } };
}
