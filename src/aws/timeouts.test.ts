import { expect, test } from 'vitest';
import { defaultTimeouts } from './timeouts.ts';

test('an attempt has five seconds unless LABPROOF_CALL_TIMEOUT_MS says otherwise', () => {
  expect(defaultTimeouts({})).toEqual({ attemptMs: 5000 });
  expect(defaultTimeouts({ LABPROOF_CALL_TIMEOUT_MS: '' })).toEqual({ attemptMs: 5000 });
  expect(defaultTimeouts({ LABPROOF_CALL_TIMEOUT_MS: '250' })).toEqual({ attemptMs: 250 });
});

test.each(['0', '-1', '1.5', '5s', 'NaN', '600001'])('%s is refused', (value) => {
  expect(() => defaultTimeouts({ LABPROOF_CALL_TIMEOUT_MS: value })).toThrow(
    `LABPROOF_CALL_TIMEOUT_MS must be a whole number of milliseconds from 1 to 600000, not "${value}".`,
  );
});
