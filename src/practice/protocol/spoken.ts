import type { Service } from '../service.ts';

/** What a service's requests look like. */
export type Spoken =
  /** `target`: the part of `X-Amz-Target` before the dot. */
  | { readonly protocol: 'json'; readonly contentType: string; readonly target: string }
  | { readonly protocol: 'query'; readonly version: string; readonly xmlNamespace: string }
  | { readonly protocol: 'rest-xml'; readonly xmlNamespace: string };

/**
 * Reads what a service speaks from the SDK's own client for it.
 * @throws Error when `id` is not the name that the client signs for, or its protocol is none of those above
 */
export function spokenBy(id: string, { client: Client, operations }: Service<unknown>): Spoken {
  const region = 'us-east-1';
  const { protocol, protocolSettings = {}, httpAuthSchemeProvider } = new Client({ region }).config;
  const [scheme] = httpAuthSchemeProvider({ operation: operations[0]?.schema[2] ?? '', region, Region: region });
  const signed = scheme?.signingProperties?.['name'];
  if (signed !== id) throw new Error(`services/index.ts lists "${id}", but requests of ${Client.name} are signed for "${signed}".`);
  const setting = (name: string): string => {
    const value = protocolSettings[name];
    if (typeof value === 'string') return value;
    throw new Error(`The practice service "${id}" cannot be served: ${Client.name} has no protocol setting "${name}".`);
  };
  const shape = protocol?.getShapeId();
  switch (shape) {
    case 'aws.protocols#awsJson1_0':
      return { protocol: 'json', contentType: 'application/x-amz-json-1.0', target: setting('serviceTarget') };
    case 'aws.protocols#awsJson1_1':
      return { protocol: 'json', contentType: 'application/x-amz-json-1.1', target: setting('serviceTarget') };
    case 'aws.protocols#awsQuery':
      return { protocol: 'query', version: setting('version'), xmlNamespace: setting('xmlNamespace') };
    case 'aws.protocols#restXml':
      return { protocol: 'rest-xml', xmlNamespace: setting('xmlNamespace') };
    default:
      throw new Error(`The practice service "${id}" cannot be served: ${Client.name} speaks ${shape}, not AWS JSON, Query or REST XML.`);
  }
}
