import type { Handler, HttpAuthOption, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import type { Identity, Session } from './identity.ts';
import type { Pager, Paging } from './paging.ts';
import type { Operation } from './protocol/wire.ts';
import type { IamState } from './state/iam.ts';
import type { StateFactory } from './state/scope.ts';

/** Who calls what, where. */
export interface Call<State> {
  /** What the service has in the account, and in the region unless it is a global one. */
  readonly state: State;
  readonly account: { readonly id: string; readonly settings: AccountSettings };
  /** The region of the request's credential scope. */
  readonly region: string;
  readonly caller: Identity;
  readonly neighbours: Neighbours;
  /** Pages a list as the service's `paging` says. */
  readonly page: Pager;
}

export interface AccountSettings {
  /** `false`: an account that CodeCommit does not serve; its calls answer `OperationNotAllowedException`. */
  codecommitAvailable: boolean;
}

/** What a service may know of the other accounts of the endpoint. */
export interface Neighbours {
  /** Only accounts that exist; never creates one. */
  account(id: string): { readonly iam: IamState } | undefined;
  accounts(): readonly { readonly id: string }[];
  issueToken(session: Session): string;
}

/** One operation and its behaviour. */
export interface Answering<State> extends Operation {
  // A method, so that a list can hold the services of many states: the server hands each its own.
  handle(input: object, call: Call<State>): object;
}

/** How the practice account answers for one service. What its wire looks like follows from the SDK's client. */
export interface Service<State> {
  readonly client: ClientClass;
  /** Left out by a service that keeps nothing. */
  readonly state?: StateFactory<State>;
  /** Set for a service that an account has once, for all regions. */
  readonly global?: true;
  /** Needed when an operation calls `page`. */
  readonly paging?: Paging;
  readonly operations: readonly Answering<State>[];
}

/** A service with a state in each region. */
export type RegionalService<State> = Service<State> & { readonly state: StateFactory<State>; readonly global?: never };

/** A service with one state for the account. */
export type GlobalService<State> = Service<State> & { readonly state: StateFactory<State>; readonly global: true };

/** A client class of the SDK. */
export type ClientClass = new (config: {
  region: string;
}) => {
  readonly config: {
    readonly protocol?: { getShapeId(): string };
    readonly protocolSettings?: { readonly [setting: string]: unknown };
    /** Some clients find their schemes by endpoint: those ask for `Region`. */
    httpAuthSchemeProvider(parameters: { operation: string; region: string; Region: string }): readonly HttpAuthOption[];
  };
};

/** A command class of the SDK. */
type CommandClass<Input, Output> = new (
  input: Input,
) => {
  readonly schema?: unknown;
  resolveMiddleware(stack: never, configuration: never, options: never): Handler<Input & object, Output & object>;
};

/**
 * Declares how an operation answers. The types of input and output, and the format of both on the wire, are those of the
 * SDK's command for it.
 */
export function answers<State, Input extends object, Output extends MetadataBearer>(
  Command: CommandClass<Input, Output>,
  handle: (input: Input, call: Call<State>) => Omit<Output, '$metadata'>,
): Answering<State> {
  // A command does nothing with its input until it is sent.
  const schema = new Command({} as Input).schema as StaticOperationSchema | undefined;
  if (schema?.[0] !== 9) throw new Error(`${Command.name} of the SDK has no operation schema: its client is too old.`);
  // The server hands over only what was found to fit the schema, which the SDK generates together with `Input`.
  return { schema, handle: (input, call) => handle(input as Input, call) };
}
