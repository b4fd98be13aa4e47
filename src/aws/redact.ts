const REDACTED = '[redacted]';

// Order matters: headers and named members are cut whole before lone keys are looked for inside them.
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(authorization\s*[:=]\s*)[^\r\n]+/gi, `$1${REDACTED}`],
  [/\bAWS4-HMAC-SHA256\b[^\r\n]*/g, REDACTED],
  [
    /(\b(?:x-amz-security-token|aws_session_token|aws_secret_access_key|session_?token|security_?token|secret_?access_?key)\b["']?\s*[:=]\s*["']?)[^\s"'&,;<>]+/gi,
    `$1${REDACTED}`,
  ],
  [/(<(SessionToken|SecretAccessKey)>)[^<]*/g, `$1${REDACTED}`],
  // Access key ids as IAM makes them: a four-letter prefix for their kind and 16 more letters and digits.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  // Session tokens are long base64 that begins like this.
  [/\b(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=%_-]{20,}/g, REDACTED],
];

/** The same text without access key ids, secret keys, session tokens and Authorization headers. For every message that leaves the process. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, [secret, replacement]) => clean.replace(secret, replacement), text);
}
