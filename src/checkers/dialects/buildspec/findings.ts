import { type Course, ECR_PASSWORD } from './follow.ts';
import { couldBe, isKnown, shown } from './text.ts';

/** Nothing is known to be missing while a command was not understood. */
export type Missing = { readonly state: 'missing' } | { readonly state: 'lost'; readonly command: string };

export function unlessLost({ lost }: Course): Missing {
  const [command] = lost;
  return command === undefined ? { state: 'missing' } : { state: 'lost', command: shown(command) };
}

/**
 * Whether a build logs in to this registry (`<account>.dkr.ecr.<region>.amazonaws.com`) with ECR's password.
 * `late`: after the first push; `obsolete`: with `aws ecr get-login`; `found`: what is logged in to, as far as it is known.
 */
export function loginTo(course: Course, registry: string) {
  // The password may come from somewhere unseen; one that is written out cannot be ECR's.
  const real = course.logins.filter(({ user, password }) => user === 'AWS' && (password.includes(ECR_PASSWORD) || !isKnown(password)));
  const right = real.find((login) => login.registry === registry && login.certain);
  if (right !== undefined) return { state: right.after === 0 ? 'right' : 'late' } as const;
  const perhaps = real.find((login) => couldBe(login.registry, registry));
  if (perhaps !== undefined) return { state: 'perhaps', found: `docker login ${shown(perhaps.registry)}` } as const;
  if (course.obsoleteLogin) return { state: 'obsolete' } as const;
  const [other] = course.logins;
  return other === undefined ? unlessLost(course) : ({ state: 'elsewhere', found: shown(other.registry) || 'Docker Hub' } as const);
}

/** Whether a build pushes `<uri>:<tag>`. `of-nothing`: under a name that nothing gave to an image; `elsewhere`: the tag in another repository. */
export function pushOf(course: Course, uri: string, tag: string) {
  const wanted = `${uri}:${tag}`;
  if (course.pushes.some(({ ref, certain }) => ref === wanted && certain)) return { state: 'right' } as const;
  const perhaps = course.pushes.find(({ ref }) => couldBe(ref, wanted));
  if (perhaps !== undefined) return { state: 'perhaps', found: `docker push ${shown(perhaps.ref)}` } as const;
  if (course.lost.length === 0) {
    const made = course.pushesOfNothing.find((ref) => couldBe(ref, wanted));
    if (made !== undefined) return { state: 'of-nothing', found: shown(made) } as const;
    const elsewhere = course.pushes.find(({ ref }) => isKnown(ref) && ref.endsWith(`:${tag}`));
    if (elsewhere !== undefined) return { state: 'elsewhere', found: elsewhere.ref } as const;
  }
  return unlessLost(course);
}
