import { z } from 'zod';
import { date, facts, from, text } from '../facts.ts';
import type { Caller } from '../reader.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

const sdk = sdkModule<typeof import('@aws-sdk/client-sts')>('@aws-sdk/client-sts');

// No readers: an account has to be opened before it can be looked at.
const service = defineService({ name: 'sts', client: () => sdk.STSClient });

const identity = facts({
  account: from('Account', z.string().regex(/^\d{12}$/)),
  /** ARN of the user or role whose credentials they are. */
  principal: from('Arn', z.string().regex(/^arn:[^:]+:(iam|sts)::\d{12}:/)),
});

const assumed = facts({
  principal: from('AssumedRoleUser.Arn', z.string().regex(/^arn:[^:]+:sts::\d{12}:assumed-role\//)),
  credentials: from(
    'Credentials',
    facts({
      accessKeyId: from('AccessKeyId', text),
      secretAccessKey: from('SecretAccessKey', text),
      sessionToken: from('SessionToken', text),
      expiration: from('Expiration', date),
    }),
  ),
});

type Way = Pick<Caller, 'send'>;

/** Whose the credentials are. */
const callerIdentity = (aws: Way) => aws.send(service, new sdk.GetCallerIdentityCommand({}), { answer: identity });

/**
 * Credentials of a role, for an hour.
 *
 * @param sessionName shown in the account's CloudTrail; characters that STS forbids are replaced
 */
function assumeRole(
  aws: Way,
  { roleArn, externalId, sessionName }: { readonly roleArn: string; readonly externalId: string | undefined; readonly sessionName: string },
) {
  const [, , , , account] = roleArn.split(':');
  const command = new sdk.AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName
      .replace(/[^\w+=,.@-]/g, '-')
      .slice(0, 64)
      .padEnd(2, '-'),
    DurationSeconds: 3600,
    ExternalId: externalId,
  });
  return aws.send(service, command, {
    answer: assumed,
    misfit: ({ principal }) => (principal.split(':')[4] === account ? undefined : 'is about a role of another account'),
  });
}

export const sts = { callerIdentity, assumeRole };
