import type { z } from 'zod';
import type { Place } from './console.ts';
import { allPages, type Page } from './pages.ts';
import { type Rate, USUAL_RATE } from './rate.ts';
import type { AbsentWhen, AnyCommand, OperationId, Reader, Service } from './reader.ts';
import type { ActionScope, ResourceKind } from './scope.ts';

/** A wire operation: what its IAM action can be limited to, and the action's name where IAM spells it differently. */
export interface Operation extends ActionScope {
  readonly action?: string;
  /** AWS itself is never asked it: only endpoints that speak its protocol in part. So it needs no permission. */
  readonly foreign?: true;
}

/** What every reader declares. */
interface About {
  /** The noun it gives, e.g. `project`; its full name is `<service>.<noun>`. */
  readonly name: string;
  /**
   * The operations it may make, with what they can be limited to.
   * Source: AWS Service Authorization Reference, "Actions, resources, and condition keys" of the service.
   */
  readonly calls: Readonly<Record<string, Operation>>;
  /** It answers `undefined` exactly when no resource of this kind has the name that it is given. */
  readonly finds?: ResourceKind;
  /** Arguments that ask about the resource of this name, for trying whether it may be read. Default: the name alone. */
  readonly probe?: (name: string) => readonly unknown[];
}

/** How one command is made and its answer taken. */
interface Asks<Args extends readonly unknown[], Answer> {
  /** Exactly the "not found" exceptions of this operation. They make the reader answer `undefined`. */
  readonly absent?: AbsentWhen;
  /** What is wrong with an answer of the right shape, e.g. that it is about something else. */
  misfit?(answer: Answer, args: Args, place: Place): string | undefined;
}

interface One<Args extends readonly unknown[], Answer, Facts> extends About, Asks<Args, Answer> {
  command(args: Args, place: Place): AnyCommand;
  readonly answer: z.ZodType<Answer>;
  /** The facts, where the answer does not have them as they are. */
  gives?(answer: Answer, args: Args, place: Place): Facts;
}

interface List<Args extends readonly unknown[], Found extends Page<unknown>, Facts> extends About, Asks<Args, Found> {
  /** @param at the place, and the token of the page; unset for the first one */
  command(args: Args, at: Place & { readonly token: string | undefined }): AnyCommand;
  /** See `page`. */
  readonly page: z.ZodType<Found>;
  /** Pages that may be read before the list counts as too long to be judged. */
  readonly maxPages: number;
  /** The first so many items do. Default: all of them. */
  limit?(args: Args): number;
  /** Ends the reading early: nothing after this page is needed. Sees every item read so far. */
  enough?(soFar: Found['items'], args: Args): boolean;
  /** The facts, where these are not the items as they are. */
  gives?(items: Found['items'], args: Args): Facts;
}

type WhenAbsent = { readonly absent: AbsentWhen };

/**
 * Declares a service: what its file in `services/` says about it, and what makes its readers.
 *
 * @param name as IAM spells it before the colon
 * @param client names the SDK's client; it is loaded with the first call
 * @param rate how often one account may be asked. Default: {@link USUAL_RATE}
 */
export function defineService({ rate = USUAL_RATE, ...rest }: Omit<Service, 'rate'> & { readonly rate?: Rate }) {
  const service: Service = { ...rest, rate };
  const spelled = (name: string): OperationId => `${service.name}:${name}`;

  /** A reader of any shape: it sends with `send` and may ask other readers. */
  function reader<Args extends readonly unknown[], Facts>({
    name,
    calls,
    ...about
  }: About & Pick<Reader<Args, Facts>, 'read' | 'atHome'>): Reader<Args, Facts> {
    const operations = Object.entries(calls);
    const scopes = Object.fromEntries(
      operations.flatMap(([call, { action = call, foreign, ...scope }]) => (foreign ? [] : [[spelled(action), scope]])),
    );
    const alike = operations.every(([call]) => spelled(call) in scopes);
    return {
      name: `${service.name}.${name}`,
      calls: operations.map(([call]) => spelled(call)),
      scopes,
      ...(!alike && { actions: Object.keys(scopes) }),
      ...about,
    };
  }

  /** A reader of one answer. */
  function one<Args extends readonly unknown[], Answer, Facts = Answer>(
    declaration: One<Args, Answer, Facts> & WhenAbsent,
  ): Reader<Args, Facts | undefined>;
  function one<Args extends readonly unknown[], Answer, Facts = Answer>(declaration: One<Args, Answer, Facts>): Reader<Args, Facts>;
  function one<Args extends readonly unknown[], Answer, Facts = Answer>({
    command,
    answer,
    misfit,
    absent,
    gives,
    ...about
  }: One<Args, Answer, Facts>): Reader<Args, Facts | undefined> {
    return reader({
      ...about,
      async read(aws, ...args: Args) {
        const found = await aws.send(service, command(args, aws), {
          answer,
          ...(misfit && { misfit: (given: Answer) => misfit(given, args, aws) }),
          absent: absent ?? [],
        });
        // Without `gives` the answer is the facts.
        return found === undefined || gives === undefined ? (found as Facts | undefined) : gives(found, args, aws);
      },
    });
  }

  /** A reader of a list that comes in pages. */
  function list<Args extends readonly unknown[], Found extends Page<unknown>, Facts = Found['items']>(
    declaration: List<Args, Found, Facts> & WhenAbsent,
  ): Reader<Args, Facts | undefined>;
  function list<Args extends readonly unknown[], Found extends Page<unknown>, Facts = Found['items']>(
    declaration: List<Args, Found, Facts>,
  ): Reader<Args, Facts>;
  function list<Args extends readonly unknown[], Found extends Page<unknown>, Facts = Found['items']>({
    command,
    page,
    misfit,
    absent = [],
    maxPages,
    limit = () => Number.POSITIVE_INFINITY,
    enough,
    gives,
    ...about
  }: List<Args, Found, Facts>): Reader<Args, Facts | undefined> {
    const [operation = ''] = Object.keys(about.calls);
    return reader({
      ...about,
      async read(aws, ...args: Args) {
        const { account, region, partition } = aws;
        const place = { account, region, partition };
        const most = limit(args);
        const readPage = (token: string | undefined) =>
          aws.send(service, command(args, { ...place, token }), {
            answer: page,
            ...(misfit && { misfit: (given: Found) => misfit(given, args, place) }),
            absent,
          });
        const isEnough = (soFar: Found['items']) => soFar.length >= most || (enough?.(soFar, args) ?? false);
        const items = (await allPages(readPage, { operation: spelled(operation), maxPages, enough: isEnough }))?.slice(0, most);
        // Without `gives` the items are the facts.
        return items === undefined || gives === undefined ? (items as Facts | undefined) : gives(items, args);
      },
    });
  }

  return { ...service, reader, one, list };
}
