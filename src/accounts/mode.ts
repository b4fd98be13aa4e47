/** Whose account the site checks. Chosen once, when the server starts. */
export const ACCOUNT_MODES = ['practice', 'local'] as const;
export type AccountMode = (typeof ACCOUNT_MODES)[number];

/**
 * Reads `LABPROOF_ACCOUNT`.
 * @throws Error in one sentence when it is not a mode.
 */
export function accountMode(environment: Readonly<Record<string, string | undefined>> = process.env): AccountMode {
  const asked = environment['LABPROOF_ACCOUNT'] || 'practice';
  const mode = ACCOUNT_MODES.find((known) => known === asked);
  if (mode === undefined) {
    throw new Error(`LABPROOF_ACCOUNT is "${asked}"; this version knows ${ACCOUNT_MODES.map((known) => `"${known}"`).join(' and ')}.`);
  }
  return mode;
}
