import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { sessionCredentials } from '../identity.ts';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Call, type Service } from '../service.ts';
import type { RoleState } from '../state/iam.ts';
import { trusts } from '../trust.ts';

export const sts: Service<undefined> = {
  client: STSClient,
  operations: [
    answers(GetCallerIdentityCommand, (_input, { caller }) => ({ Account: caller.account, Arn: caller.arn, UserId: caller.userId })),

    answers(AssumeRoleCommand, ({ RoleArn = '', RoleSessionName = '', ExternalId, DurationSeconds = 3600 }, call) => {
      if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) refuseValue('roleSessionName', 'a name of 2 to 64 characters');
      if (DurationSeconds < 900 || DurationSeconds > 43_200) refuseValue('durationSeconds', 'from 900 to 43200 seconds');
      const role = assumable(call, RoleArn, ExternalId);
      const [, , , , account = ''] = RoleArn.split(':');
      // Seconds of the real clock: a session ends for the client that holds it, not for the account.
      const expires = new Date(Date.now() + Math.min(DurationSeconds, role.MaxSessionDuration ?? 3600) * 1000);
      const name = role.RoleName ?? '';
      const token = call.neighbours.issueToken({ account, role: name, session: RoleSessionName, expires });
      const { accessKeyId, secretAccessKey, sessionToken } = sessionCredentials(account, token);
      return {
        Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expires },
        AssumedRoleUser: {
          AssumedRoleId: `${role.RoleId}:${RoleSessionName}`,
          Arn: `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
        },
      };
    }),
  ],
};

/** One answer for "no such account", "no such role" and "the trust policy says no", as STS gives it. */
function assumable({ caller, neighbours }: Call<undefined>, arn: string, externalId: string | undefined): RoleState {
  const [, account = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (account === '') refuseValue('roleArn', 'the ARN of a role');
  const role = neighbours.account(account)?.iam.role(name);
  if (role?.Arn === arn && trusts(role.trust, caller, externalId)) return role;
  return refuse('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);
}

function refuseValue(member: string, expected: string): never {
  return refuse('ValidationError', `1 validation error detected: Value at '${member}' must be ${expected}`);
}
