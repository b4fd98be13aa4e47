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

/** That one as soon as one is it, whatever the open ones are. */
const decidedBy =
  (decisive: boolean) =>
  (certainties: readonly Certainty[]): Certainty => {
    if (certainties.includes(decisive)) return decisive;
    const open = certainties.filter(isOpen).flatMap((each) => each.open);
    return open.length === 0 ? !decisive : openBecause(...open);
  };

export const all = decidedBy(false);
export const any = decidedBy(true);
export const not = (certainty: Certainty): Certainty => (isOpen(certainty) ? certainty : !certainty);
