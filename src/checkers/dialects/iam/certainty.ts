/**
 * Whether something applies: `true`, `false`, or open because it hangs on what nobody told.
 * `open` names what would have to be known: condition keys, policy variables, `unparsable policy`.
 */
export type Certainty = boolean | Open;

export interface Open {
  readonly open: readonly string[];
}

export const openBecause = (...what: readonly string[]): Open => ({ open: [...new Set(what)] });
export const isOpen = (certainty: Certainty): certainty is Open => typeof certainty === 'object';

/** False as soon as one is false, whatever the open ones are. */
export function all(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes(false)) return false;
  const open = certainties.filter(isOpen).flatMap((each) => each.open);
  return open.length === 0 ? true : openBecause(...open);
}

/** True as soon as one is true, whatever the open ones are. */
export function any(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes(true)) return true;
  const open = certainties.filter(isOpen).flatMap((each) => each.open);
  return open.length === 0 ? false : openBecause(...open);
}

export const not = (certainty: Certainty): Certainty => (isOpen(certainty) ? certainty : !certainty);
