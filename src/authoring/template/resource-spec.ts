import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Resource, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';

/** The CloudFormation resource types as AWS publishes them. */
export interface ResourceSpec {
  resource(type: string): Resource | undefined;
  /** Whether this service has types: `AWS::S3`. */
  hasService(service: string): boolean;
  definition(reference: { readonly $ref: string }): TypeDefinition;
}

let loaded: ResourceSpec | undefined;

/** Loads the specification on first use (about half a second) and keeps it. */
export function resourceSpec(): ResourceSpec {
  loaded ??= fromDatabase(loadAwsServiceSpecSync());
  return loaded;
}

function fromDatabase(database: SpecDatabase): ResourceSpec {
  return {
    hasService: (service) => database.lookup('service', 'cloudFormationNamespace', 'equals', service).length > 0,
    resource: (type) => database.lookup('resource', 'cloudFormationType', 'equals', type)[0],
    definition: (reference) => database.get('typeDefinition', reference),
  };
}
