import type { DeserializeMiddleware } from '@smithy/types';
import { Misfit } from '../../classify.ts';
import type { AnyCommand } from '../../reader.ts';

/**
 * Makes a command refuse a success whose XML document is another than `root`, before it is read.
 * For operations that have nothing to say with an empty element: S3 says so with the element itself, a proxy's page or an
 * empty body does not have it, and the SDK reads all three alike. An endpoint that only speaks S3's protocol, such as moto's server,
 * may call the element after the operation: `ListBucketsResult`.
 */
export function expectRoot<Command extends AnyCommand>(command: Command, root: string): Command {
  // The name in the operation's schema: [type, namespace, name, ...].
  const operation = String(command.schema?.[2]);
  const begins = new RegExp(`^\\s*(<\\?xml[^>]*\\?>)?\\s*<(${root}|${operation}(Result|Output))[\\s/>]`);
  const look: DeserializeMiddleware<object, object> = (next) => async (args) => {
    const result = await next(args);
    const { statusCode, body } = result.response as { statusCode?: number; body?: unknown };
    if (statusCode === 200 && !(body instanceof Uint8Array && begins.test(Buffer.from(body.subarray(0, 1000)).toString()))) {
      throw new Misfit(`the answer: expected the element ${root}`);
    }
    return result;
  };
  // Last in its step: it sees the response before anything has read it.
  command.middlewareStack.add(look, { step: 'deserialize', priority: 'low', name: 'labproofRoot' });
  return command;
}
