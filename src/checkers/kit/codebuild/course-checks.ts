import { loginTo, type Missing, pushOf, unlessLost } from '../../dialects/buildspec/findings.ts';
import type { Course } from '../../dialects/buildspec/follow.ts';
import { failed, passed, undecided, type Verdict } from '../../engine/verdict.ts';
/** What to say of what a buildspec's commands do. A lab that uses a judge has the messages that it can say. */

export type UndecidedSays =
  | readonly ['undecidedCommand', { readonly command: string }]
  | readonly ['undecidedValue', { readonly found: string }];

/** What to say when something was not seen: nothing against anybody while a command was not understood. */
export const absent = <const S>(missing: Missing, says: S): Verdict<S | UndecidedSays> =>
  missing.state === 'missing' ? failed(says) : undecided(['undecidedCommand', { command: missing.command }]);

/** Whether it logs in to the registry, in time. */
export function judgeLogin(course: Course, registry: string) {
  const login = loginTo(course, registry);
  switch (login.state) {
    case 'right':
      return passed();
    case 'late':
      return failed('loginLate' as const);
    case 'obsolete':
      return failed(['loginObsolete', { registry }] as const);
    case 'perhaps':
      return undecided(['undecidedValue', { found: login.found }] as const);
    case 'elsewhere':
      return failed(['loginElsewhere', { found: login.found, registry }] as const);
    default:
      return absent(login, ['loginMissing', { registry }]);
  }
}

/** Whether it builds an image at all. */
export function judgeImageBuild(course: Course) {
  if (course.builds.some(({ certain }) => certain)) return passed();
  if (course.builds.length > 0) return undecided(['undecidedValue', { found: 'docker build' }] as const);
  return absent(unlessLost(course), 'buildMissing');
}

/** Whether it pushes `<uri>:<tag>`. @param otherwise what to say when it does not, of what it should push */
export function judgePush<const S>(course: Course, uri: string, tag: string, otherwise: (expected: string) => S) {
  const expected = `${uri}:${tag}`;
  const push = pushOf(course, uri, tag);
  switch (push.state) {
    case 'right':
      return passed();
    case 'perhaps':
      return undecided(['undecidedValue', { found: push.found }] as const);
    case 'of-nothing':
      return failed(['pushOfNothing', { reference: push.found }] as const);
    case 'elsewhere':
      return failed(['pushElsewhere', { found: push.found, expected }] as const);
    default:
      return absent(push, otherwise(expected));
  }
}

/** The registry of an image's URI. */
export const registryOfUri = (uri: string) => uri.split('/')[0] ?? '';
