import type { FaultKind } from './faults.ts';
import type { Identity } from './identity.ts';
import { CommonFailure } from './protocol/aws-error.ts';
import type { Answer, Wire } from './protocol/wire.ts';

/** What goes back to the client. `truncated`: the headers promise the whole body, half of it comes and the connection ends. */
export type Reply = { readonly kind: 'answer' | 'truncated'; readonly answer: Answer } | { readonly kind: 'hang' };

export interface Faulty {
  readonly wire: Wire;
  readonly requestId: string;
  /** As in `codebuild:BatchGetProjects`. */
  readonly operation: string;
  readonly region: string;
  readonly caller: Identity;
  /** What the call would have got. */
  answer(): Answer;
}

/** Answers a call the way AWS does when `fault` befalls it. */
export function faultReply(fault: FaultKind, { wire, requestId, ...call }: Faulty): Reply {
  const refused = (...failure: ConstructorParameters<typeof CommonFailure>): Reply => {
    return { kind: 'answer', answer: wire.refuse(new CommonFailure(...failure), requestId) };
  };
  switch (fault) {
    case 'hang':
      return { kind: 'hang' };
    case 'truncate':
      return { kind: 'truncated', answer: call.answer() };
    case 'throttle':
      return refused('throttled', 'Rate exceeded');
    case 'expired':
      return refused('expired', 'The security token included in the request is expired');
    case 'denied':
      return refused('denied', deniedMessage(call));
    case 'empty200':
      return { kind: 'answer', answer: wire.empty(requestId) };
    case '5xx':
      return html(503, '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>');
    case 'html200':
      // Well-formed, as a portal's page can be: an XML client finds no result in it and takes that for an empty one.
      return html(200, '<html><head><title>Sign in</title></head><body><form><input name="password"/></form></body></html>');
  }
}

function deniedMessage({ operation, region, caller }: Pick<Faulty, 'operation' | 'region' | 'caller'>): string {
  const service = operation.slice(0, operation.indexOf(':'));
  const place = service === 'iam' || service === 'sts' ? '' : region;
  const resource = service === 'organizations' ? '*' : `arn:aws:${service}:${place}:${caller.account}:*`;
  const why = `because no identity-based policy allows the ${operation} action`;
  return `User: ${caller.arn} is not authorized to perform: ${operation} on resource: ${resource} ${why}`;
}

/** What a load balancer or a captive portal sends: not from the service, so without its headers. */
function html(status: number, body: string): Reply {
  return { kind: 'answer', answer: { status, headers: { 'content-type': 'text/html' }, body } };
}
