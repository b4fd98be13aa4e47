import {
  AssumeRole$,
  type AssumeRoleCommandInput,
  type AssumeRoleCommandOutput,
  GetCallerIdentity$,
  type GetCallerIdentityCommandInput,
  type GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { sessionCredentials } from '../identity.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';
import type { RoleState } from '../state/iam.ts';
import { trusts } from '../trust.ts';

export const sts: Service = {
  id: 'sts',
  wire: { protocol: 'query', version: '2011-06-15', xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  operations: [
    operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>(GetCallerIdentity$, (_input, { caller }) => ({
      Account: caller.account,
      Arn: caller.arn,
      UserId: caller.userId,
    })),

    operation<AssumeRoleCommandInput, AssumeRoleCommandOutput>(
      AssumeRole$,
      ({ RoleArn = '', RoleSessionName = '', ExternalId, DurationSeconds = 3600 }, call) => {
        if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) throw invalid('roleSessionName', 'a name of 2 to 64 characters');
        if (DurationSeconds < 900 || DurationSeconds > 43_200) throw invalid('durationSeconds', 'from 900 to 43200 seconds');
        const { account, role } = assumable(call, RoleArn, ExternalId);
        // Seconds of the real clock: a session ends for the client that holds it, not for the account.
        const expires = new Date(Date.now() + Math.min(DurationSeconds, role.MaxSessionDuration ?? 3600) * 1000);
        const name = role.RoleName ?? '';
        const token = call.neighbours.issueToken({ account, role: name, session: RoleSessionName, expires });
        const keys = sessionCredentials(account, token);
        return {
          Credentials: {
            AccessKeyId: keys.accessKeyId,
            SecretAccessKey: keys.secretAccessKey,
            SessionToken: keys.sessionToken,
            Expiration: expires,
          },
          AssumedRoleUser: {
            AssumedRoleId: `${role.RoleId}:${RoleSessionName}`,
            Arn: `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
          },
        };
      },
    ),
  ],
};

/** One answer for "no such account", "no such role" and "the trust policy says no", as STS gives it. */
function assumable({ caller, neighbours }: Call, arn: string, externalId: string | undefined): { account: string; role: RoleState } {
  const [, account = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (account === '') throw invalid('roleArn', 'the ARN of a role');
  const role = neighbours.account(account)?.iam.role(name);
  if (role?.Arn === arn && trusts(role.trust, caller, externalId)) return { account, role };
  throw new AwsError('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);
}

function invalid(member: string, expected: string): AwsError {
  return new AwsError('ValidationError', `1 validation error detected: Value at '${member}' must be ${expected}`);
}
