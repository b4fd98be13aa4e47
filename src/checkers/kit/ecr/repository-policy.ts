import type { Policy } from '../../dialects/iam/document.ts';
import { type Decision, evaluate, opensTo } from '../../dialects/iam/evaluate.ts';
import type { Principal } from '../../dialects/iam/principal.ts';
import { gapsOf } from '../../dialects/iam/questions.ts';

/** What `docker pull` needs on a repository of ECR, besides the login. */
export const PULL_ACTIONS = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;

/** What `docker push` of an image needs on a repository of ECR, besides the login. Source: Amazon ECR User Guide, "IAM permissions for pushing an image". */
export const PUSH_ACTIONS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
] as const;

/**
 * What a principal lacks for a pull from a repository and for a push to it; nothing when it can.
 * @param policy the repository's policy; `undefined` when it has none
 * @param repositoryArn decides whose account the repository is
 * @param identity the principal's own policies; without them the answer is what the repository's policy gives by itself
 */
export function repositoryAccess(
  policy: Policy | undefined,
  repositoryArn: string,
  principal: Principal,
  identity: readonly Policy[] = [],
) {
  const decide = (action: string): Decision =>
    evaluate({ identity, ...(policy && { resource: policy }), request: { action, resource: repositoryArn, principal } });
  return { pull: gapsOf(PULL_ACTIONS, decide), push: gapsOf(PUSH_ACTIONS, decide) };
}

/** Whether just anyone, of any account, gets an image; `undecided` when a condition stands before it that cannot be judged. */
export function anyoneMayPull(policy: Policy, repositoryArn: string): Decision['decision'] {
  const stranger = { aws: 'arn:aws:iam::000000000000:role/stranger' };
  return opensTo(policy, { action: 'ecr:BatchGetImage', resource: repositoryArn, principal: stranger }).decision;
}

/**
 * Whether the policy allows `ecr:GetAuthorizationToken` by that name. It works on no repository, so a repository's policy
 * cannot give it: it belongs into an identity policy, on `*`.
 */
export function namesLogin(policy: Policy): boolean {
  return (
    policy.state === 'read' &&
    policy.statements.some(
      ({ effect, action }) =>
        effect === 'Allow' && !action.except && action.values.some((value) => value.toLowerCase() === 'ecr:getauthorizationtoken'),
    )
  );
}
