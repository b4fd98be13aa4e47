/** A cluster or service of ECS, unless it was deleted: ECS goes on reporting those for a while. */
export const existing = <Found extends { readonly status: string }>(found: Found | undefined) =>
  found?.status === 'INACTIVE' ? undefined : found;
