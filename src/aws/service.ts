import type { z } from 'zod';
import type { Place } from './console.ts';
import { allPages, type Page } from './pages.ts';
import { type Rate, USUAL_RATE } from './rate.ts';
import type { AbsentWhen, AnyCommand, AnyReader, IfAbsent, OperationId, Reader, Service } from './reader.ts';
import type { ActionScope } from './scope.ts';

/** A wire operation: what its IAM action can be limited to, and the action's name where IAM spells it differently. */
export interface Operation extends ActionScope {
  readonly action?: string;
  /** AWS itself is never asked it: only endpoints that speak its protocol in part. So it needs no permission. */
  readonly foreign?: true;
}

/** What every reader declares, besides its name. */
interface About extends Pick<AnyReader, 'finds' | 'probe'> {
  /**
   * The operations it may make, with what they can be limited to.
   * Source: AWS Service Authorization Reference, "Actions, resources, and condition keys" of the service.
   */
  readonly calls: Readonly<Record<string, Operation>>;
}

/** How one command is made and its answer taken. */
interface Asks<Args extends readonly unknown[], Answer, Absent> extends About {
  /** Exactly the "not found" exceptions of this operation. They make the reader answer `undefined`. */
  readonly absent?: Absent;
  /** What is wrong with an answer of the right shape, e.g. that it is about something else. */
  misfit?(answer: Answer, args: Args, place: Place): string | undefined;
}

interface One<Args extends readonly unknown[], Answer, Facts, Absent> extends Asks<Args, Answer, Absent> {
  command(args: Args, place: Place): AnyCommand;
  readonly answer: z.ZodType<Answer>;
  /** The facts, where the answer does not have them as they are. */
  gives?(answer: Answer, args: Args, place: Place): Facts;
}

interface List<Args extends readonly unknown[], Found extends Page<unknown>, Facts, Absent> extends Asks<Args, Found, Absent> {
  /** @param at the place, and the token of the page; unset for the first one */
  command(args: Args, at: Place & { readonly token: string | undefined }): AnyCommand;
  /** See `page`. */
  readonly page: z.ZodType<Found>;
  /** Pages that may be read before the list counts as too long to be judged. Default: that of `allPages`. */
  readonly maxPages?: number;
  /** The first so many items do. Default: all of them. */
  limit?(args: Args): number;
  /** Ends the reading early: nothing after this page is needed. Sees every item read so far. */
  enough?(soFar: Found['items'], args: Args): boolean;
  /** The facts, where these are not the items as they are. */
  gives?(items: Found['items'], args: Args): Facts;
}

/**
 * Declares a service: what its file in `services/` says about it, and what makes its readers.
 * Each reader has as its first argument the noun that it gives, e.g. `project`; its full name is `<service>.<noun>`.
 *
 * @param name as IAM spells it before the colon
 * @param client names the SDK's client; it is loaded with the first call
 * @param rate how often one account may be asked. Default: {@link USUAL_RATE}
 */
export function defineService({ rate = USUAL_RATE, ...rest }: Omit<Service, 'rate'> & { readonly rate?: Rate }) {
  const service: Service = { ...rest, rate };
  const spelled = (name: string): OperationId => `${service.name}:${name}`;

  /** A reader of any shape: it sends with `send` and may ask other readers. */
  function reader<Args extends readonly unknown[], Facts>(
    name: string,
    { calls, ...about }: About & Pick<Reader<Args, Facts>, 'read' | 'atHome'>,
  ): Reader<Args, Facts> {
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
  function one<Args extends readonly unknown[], Answer, Facts = Answer, Absent extends AbsentWhen | undefined = undefined>(
    name: string,
    { command, answer, misfit, absent, gives, ...about }: One<Args, Answer, Facts, Absent>,
  ) {
    return reader(name, {
      ...about,
      async read(aws, ...args: Args): Promise<Facts | IfAbsent<Absent>> {
        const found = await aws.send(service, command(args, aws), { answer, misfit: (given) => misfit?.(given, args, aws), absent });
        // Without `gives` the answer is the facts.
        return found === undefined || gives === undefined ? (found as Facts | IfAbsent<Absent>) : gives(found as Answer, args, aws);
      },
    });
  }

  /** A reader of a list that comes in pages. */
  function list<
    Args extends readonly unknown[],
    Found extends Page<unknown>,
    Facts = Found['items'],
    Absent extends AbsentWhen | undefined = undefined,
  >(name: string, { command, page, misfit, absent, maxPages, limit, enough, gives, ...about }: List<Args, Found, Facts, Absent>) {
    const [operation = ''] = Object.keys(about.calls);
    return reader(name, {
      ...about,
      async read(aws, ...args: Args): Promise<Facts | IfAbsent<Absent>> {
        const most = limit?.(args) ?? Number.POSITIVE_INFINITY;
        const readPage = (token: string | undefined): Promise<Found | undefined> =>
          aws.send(service, command(args, { ...aws, token }), { answer: page, misfit: (given) => misfit?.(given, args, aws), absent });
        const found = await allPages(readPage, {
          operation: spelled(operation),
          maxPages,
          enough: (soFar) => soFar.length >= most || (enough?.(soFar, args) ?? false),
        });
        const items = found?.slice(0, most);
        // Without `gives` the items are the facts.
        return items === undefined || gives === undefined ? (items as Facts | IfAbsent<Absent>) : gives(items, args);
      },
    });
  }

  return { ...service, reader, one, list };
}
