import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A part of the SDK that is loaded when something of it is first used. Whoever only wants to know which tasks a lab has,
 * as a build of the site does, loads none.
 *
 * @example const sdk = sdkModule<typeof import('@aws-sdk/client-ecr')>('@aws-sdk/client-ecr');
 */
export function sdkModule<Module extends object>(name: string): Module {
  let loaded: Module | undefined;
  return new Proxy({} as Module, {
    get: (_, member) => {
      loaded ??= require(name) as Module;
      return Reflect.get(loaded, member);
    },
  });
}
