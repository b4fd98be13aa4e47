import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { ClientClass } from '../service.ts';
import { spokenBy } from './spoken.ts';

const spoken = (id: string, client: ClientClass) => spokenBy(id, { client, operations: [] });

/** A client of a service called `made-up`. */
function clientOf(shape: string, protocolSettings: Record<string, string>): ClientClass {
  return class MadeUpClient {
    readonly config = {
      protocol: { getShapeId: () => shape },
      protocolSettings,
      httpAuthSchemeProvider: () => [{ schemeId: 'aws.auth#sigv4', signingProperties: { name: 'made-up' } }],
    };
  };
}

describe('spokenBy', () => {
  it.each<[string, ClientClass, object]>([
    ['codebuild', CodeBuildClient, { protocol: 'json', contentType: 'application/x-amz-json-1.1', target: 'CodeBuild_20161006' }],
    ['states', SFNClient, { protocol: 'json', contentType: 'application/x-amz-json-1.0', target: 'AWSStepFunctions' }],
    ['iam', IAMClient, { protocol: 'query', version: '2010-05-08', xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/' }],
    ['s3', S3Client, { protocol: 'rest-xml', xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/' }],
  ])('reads what %s speaks from its client', (id, client, expected) => {
    expect(spoken(id, client)).toEqual(expected);
  });

  it('refuses a service listed under a name that its requests are not signed for', () => {
    expect(() => spoken('sfn', SFNClient)).toThrow('services/index.ts lists "sfn", but requests of SFNClient are signed for "states".');
  });

  it('refuses a protocol that is not spoken here, and a client that does not say enough', () => {
    expect(() => spoken('made-up', clientOf('smithy.protocols#rpcv2Cbor', {}))).toThrow(
      'The practice service "made-up" cannot be served: MadeUpClient speaks smithy.protocols#rpcv2Cbor, not AWS JSON, Query or REST XML.',
    );
    expect(() => spoken('made-up', clientOf('aws.protocols#awsJson1_0', {}))).toThrow(
      'The practice service "made-up" cannot be served: MadeUpClient has no protocol setting "serviceTarget".',
    );
  });
});
