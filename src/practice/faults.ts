import { z } from 'zod';

export const FAULT_KINDS = ['throttle', 'denied', '5xx', 'html200', 'empty200', 'truncate', 'hang', 'expired'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const MOST_ARMED = 100;

const TIMES = '"times" is a whole number from 1 to 1000.';
const LATENCY = '"latencyMs" is a number of milliseconds from 0 to 60000.';

const schema = z
  .strictObject(
    {
      /** `service:Operation` as in `codebuild:BatchGetProjects`, or `*` for every operation. */
      operation: z
        .string('"operation" is missing: write it as "codebuild:BatchGetProjects", or "*" for every operation.')
        .regex(/^(\*|[a-z][a-z0-9-]{0,30}:[A-Z][A-Za-z0-9]{0,60})$/, {
          error: '"operation" is spelled "service:Operation", e.g. "codebuild:BatchGetProjects", or "*" for every operation.',
        }),
      /** What goes wrong; left out, the call is only slowed down by `latencyMs`. */
      fault: z.enum(FAULT_KINDS, `"fault" is one of ${FAULT_KINDS.join(', ')}.`).optional(),
      /** How many matching calls it meets. */
      times: z.int(TIMES).min(1, TIMES).max(1000, TIMES).default(1),
      /** Milliseconds every call it meets is delayed. */
      latencyMs: z.number(LATENCY).min(0, LATENCY).max(60_000, LATENCY).default(0),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `A fault has "operation", "fault", "times" and "latencyMs"; it has no ${issue.keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')}.`
          : 'A fault is an object with "operation" and "fault".',
    },
  )
  .refine(({ fault, latencyMs }) => fault !== undefined || latencyMs > 0, '"fault" is missing: name one, or give "latencyMs".');

/** Trouble on demand for calls of one operation. */
export type PracticeFault = Readonly<z.input<typeof schema>>;

/** Reads a fault from parsed JSON of a stranger. `problems` are plain sentences. */
export function parseFault(json: unknown) {
  const { success, data, error } = schema.safeParse(json);
  if (success) return { ok: true as const, fault: data };
  return { ok: false as const, problems: [...new Set(error.issues.map(({ message }) => message))] };
}

/** The faults armed for one account, in the order they were armed. */
export class ArmedFaults {
  readonly #armed: { readonly fault: PracticeFault; left: number }[] = [];

  arm(fault: PracticeFault): void {
    this.#armed.push({ fault, left: fault.times ?? 1 });
    if (this.#armed.length > MOST_ARMED) this.#armed.shift();
  }

  /** The fault that meets this call, counted down; the one armed first comes first. */
  take(operation: string): PracticeFault | undefined {
    const at = this.#armed.findIndex(({ fault }) => fault.operation === operation || fault.operation === '*');
    const entry = this.#armed[at];
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#armed.splice(at, 1);
    return entry.fault;
  }

  clear(): void {
    this.#armed.length = 0;
  }
}
