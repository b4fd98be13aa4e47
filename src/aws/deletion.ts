/** How a resource is deleted and what keeping it costs. A lab adds the order in which its own resources have to go. */
export interface Deletion {
  /** For a shell with the AWS CLI. */
  readonly command: string;
  /** Unset where the price is not known here. */
  readonly costPerMonth?: Cost;
}

/** A word for a shell command: quoted unless it is plain, so that a name from AWS cannot become a command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export const usd = (amount: number) => ({ amount: Number(amount.toFixed(6)), currency: 'USD' as const });
type Cost = ReturnType<typeof usd>;

/** What keeping so many bytes costs a month; unset where the price of a GB is not known. */
export const storageCost = (bytes: number, perGb: number | undefined): Cost | undefined =>
  perGb === undefined ? undefined : usd((bytes / 2 ** 30) * perGb);

/** The deletion of something that costs nothing. */
export const free = (command: string): Deletion => ({ command, costPerMonth: usd(0) });
/** The deletion of something that costs this much, if that is known. */
export const costing = (costPerMonth: Cost | undefined, command: string): Deletion => ({ command, ...(costPerMonth && { costPerMonth }) });
