const REDACTED = '[redacted]';

// Order matters: headers, blocks and named members are cut whole before lone keys are looked for inside them.
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g, REDACTED],
  [/\b(authorization\s*[:=]\s*)[^\r\n]+/gi, `$1${REDACTED}`],
  [/\bAWS4-HMAC-SHA256\b[^\r\n]*/g, REDACTED],
  [
    /(\b(?:x-amz-security-token|aws_session_token|aws_secret_access_key|session_?token|security_?token|secret_?access_?key)\b["']?\s*[:=]\s*["']?)[^\s"'&,;<>]+/gi,
    `$1${REDACTED}`,
  ],
  // Members and variables whose name says what they hold: DB_PASSWORD=..., "apiKey": "..., --password ...
  [
    /((?:[A-Za-z0-9_-]*(?:password|passwd|passphrase|api_?key|private_?key|client_?secret|access_?token|auth_?token)|[A-Za-z0-9]+[_-](?:token|secret|pwd)|--(?:token|secret))["']?(?:\s*[:=]\s*|\s+(?=["'])|(?<=--[a-z-]+)\s+)["']?)(?!\$|stdin\b|-)[^\s"'&,;<>|]{3,}/gi,
    `$1${REDACTED}`,
  ],
  [/(<(SessionToken|SecretAccessKey)>)[^<]*/g, `$1${REDACTED}`],
  // User and password inside an address.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:)[^\s/@]+@/gi, `$1${REDACTED}@`],
  // Access key ids as IAM makes them: a four-letter prefix for their kind and 16 more letters and digits.
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, REDACTED],
  // Session tokens are long base64 that begins like this.
  [/\b(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=%_-]{20,}/g, REDACTED],
  // Secret access keys: 40 characters of base64 with capitals, small letters and digits. Commits and digests have no capitals.
  [
    /(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_.-])/g,
    REDACTED,
  ],
  // Tokens that say whose they are: GitHub, GitLab, npm, Slack, Stripe, PyPI.
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{20,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{16,}|pypi-[\w-]{20,})/g,
    REDACTED,
  ],
  // JSON web tokens.
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g, REDACTED],
];

/**
 * The same text without access keys, tokens, private keys, passwords that are named as such, and Authorization headers.
 * For every message and every piece of evidence that leaves the process.
 */
export function redact(text: string): string {
  return SECRETS.reduce((clean, [secret, replacement]) => clean.replace(secret, replacement), text);
}

const SECRET_NAME = /password|passwd|passphrase|secret|token|api_?key|private_?key|credential|access_?key/i;
const KEPT_ELSEWHERE = new Set(['PARAMETER_STORE', 'SECRETS_MANAGER']);

/**
 * A value of JSON shape with every string inside redacted. What is called like a secret goes whole: the member `DB_PASSWORD`,
 * the `value` beside a `name` like that, the `value` of a variable whose `type` says that it is kept in a secret store.
 */
export function redactDeep<T>(value: T): T {
  return walk(value, false) as T;
}

/** Whole links and other percent-encoded text go when a secret is inside; consoles encode twice, the second time with `$`. */
function redactEncoded(text: string): string {
  let decoded = text;
  for (let times = 0; times < 3 && /[%$][0-9A-Fa-f]{2}/.test(decoded); times += 1) {
    decoded = decoded.replace(/(?:[%$][0-9A-Fa-f]{2})+/g, (encoded) =>
      Buffer.from(encoded.replaceAll(/[%$]/g, ''), 'hex').toString('utf8'),
    );
    if (redact(decoded) !== decoded) return REDACTED;
  }
  return text;
}

function walk(part: unknown, secret: boolean): unknown {
  if (typeof part === 'string') return secret && part !== '' ? REDACTED : redactEncoded(redact(part));
  if (typeof part === 'number') return secret ? REDACTED : part;
  if (Array.isArray(part)) return part.map((member) => walk(member, secret));
  if (part === null || typeof part !== 'object' || part instanceof Date) return part;
  const { name, key, type } = part as { name?: unknown; key?: unknown; type?: unknown };
  const named = [name, key].some((word) => typeof word === 'string' && SECRET_NAME.test(word)) || KEPT_ELSEWHERE.has(String(type));
  return Object.fromEntries(
    Object.entries(part).map(([member, inner]) => [
      member,
      walk(inner, secret || SECRET_NAME.test(member) || (named && /^value$/i.test(member))),
    ]),
  );
}
