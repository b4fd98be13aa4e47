import { CannotLook } from '../../aws/errors.ts';
import { labs } from '../../checkers/index.ts';
import { route } from './_route.ts';

export const prerender = false;

/** The account and role that the site uses for this visitor; `problem` says why it cannot use one. */
export const GET = route(async ({ context, visitor }) => {
  if (visitor.practice) return Response.json({ mode: 'practice', account: visitor.practice.account });
  const asked = context.url.searchParams.get('lab');
  const region = (labs.find(({ id }) => id === asked) ?? labs[0])?.region ?? 'us-east-1';
  try {
    const session = await visitor.session(region);
    return Response.json({ mode: visitor.mode, account: session.account, region: session.region, principal: session.principal });
  } catch (trouble) {
    if (!(trouble instanceof CannotLook)) throw trouble;
    return Response.json({ mode: visitor.mode, problem: trouble.message });
  }
});
