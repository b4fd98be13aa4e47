import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { defineReader } from '../reader.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** `/`, or e.g. `/service-role/` for roles that a console wizard made. */
  readonly path: string;
  readonly createdAt: Date;
  /** The trust policy, parsed. */
  readonly trust: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

const policyDocument = z.string().transform((encoded, context): unknown => {
  try {
    // IAM percent-encodes policy documents (RFC 3986).
    return JSON.parse(decodeURIComponent(encoded));
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a URL-encoded JSON document' });
    return z.NEVER;
  }
});

/** The role with this name or ARN. GetRole takes the bare name; a path in an ARN is not part of it. */
const role = defineReader({
  name: 'iam.role',
  finds: 'role',
  calls: ['iam:GetRole'],
  async read(aws, nameOrArn: string): Promise<Role | undefined> {
    const RoleName = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    const answer = z.object({
      Role: z.object({
        RoleName: z.literal(RoleName),
        Arn: z.string().min(1),
        Path: z.string().min(1),
        CreateDate: z.date(),
        AssumeRolePolicyDocument: policyDocument,
        Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
      }),
    });
    const found = await aws.send(IAMClient, new GetRoleCommand({ RoleName }), { answer, absent: ['NoSuchEntityException'] });
    if (found === undefined) return undefined;
    const { Arn, Path, CreateDate, AssumeRolePolicyDocument, Tags = [] } = found.Role;
    return {
      name: RoleName,
      arn: Arn,
      path: Path,
      createdAt: CreateDate,
      trust: AssumeRolePolicyDocument,
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    };
  },
});

export const iam = { role };
