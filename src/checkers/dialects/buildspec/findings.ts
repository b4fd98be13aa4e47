import { type Course, ECR_PASSWORD } from './follow.ts';
import { couldBe, isKnown, shown } from './text.ts';

/** Nothing is known to be missing while a command was not understood. */
export type Missing = { readonly state: 'missing' } | { readonly state: 'lost'; readonly command: string };

export function unlessLost({ lost }: Course): Missing {
  const [command] = lost;
  return command === undefined ? { state: 'missing' } : { state: 'lost', command: shown(command) };
}

export type LoginFinding =
  | Missing
  | { readonly state: 'right' }
  /** After the first push. */
  | { readonly state: 'late' }
  /** With `aws ecr get-login`. */
  | { readonly state: 'obsolete' }
  /** `found`: what is logged in to, as far as it is known. */
  | { readonly state: 'perhaps' | 'elsewhere'; readonly found: string };

/** Whether a build logs in to this registry (`<account>.dkr.ecr.<region>.amazonaws.com`) with ECR's password. */
export function loginTo(course: Course, registry: string): LoginFinding {
  // The password may come from somewhere unseen; one that is written out cannot be ECR's.
  const real = course.logins.filter(({ user, password }) => user === 'AWS' && (password.includes(ECR_PASSWORD) || !isKnown(password)));
  const right = real.find((login) => login.registry === registry && login.certain);
  if (right !== undefined) return { state: right.after === 0 ? 'right' : 'late' };
  const perhaps = real.find((login) => couldBe(login.registry, registry));
  if (perhaps !== undefined) return { state: 'perhaps', found: `docker login ${shown(perhaps.registry)}` };
  if (course.obsoleteLogin) return { state: 'obsolete' };
  const [other] = course.logins;
  return other === undefined ? unlessLost(course) : { state: 'elsewhere', found: shown(other.registry) || 'Docker Hub' };
}

export type PushFinding =
  | Missing
  | { readonly state: 'right' }
  | { readonly state: 'perhaps' | 'of-nothing' | 'elsewhere'; readonly found: string };

/** Whether a build pushes `<uri>:<tag>`. `of-nothing`: under a name that nothing gave to an image; `elsewhere`: the tag in another repository. */
export function pushOf(course: Course, uri: string, tag: string): PushFinding {
  const wanted = `${uri}:${tag}`;
  if (course.pushes.some(({ ref, certain }) => ref === wanted && certain)) return { state: 'right' };
  const perhaps = course.pushes.find(({ ref }) => couldBe(ref, wanted));
  if (perhaps !== undefined) return { state: 'perhaps', found: `docker push ${shown(perhaps.ref)}` };
  if (course.lost.length === 0) {
    const made = course.pushesOfNothing.find((ref) => couldBe(ref, wanted));
    if (made !== undefined) return { state: 'of-nothing', found: shown(made) };
    const elsewhere = course.pushes.find(({ ref }) => isKnown(ref) && ref.endsWith(`:${tag}`));
    if (elsewhere !== undefined) return { state: 'elsewhere', found: elsewhere.ref };
  }
  return unlessLost(course);
}
