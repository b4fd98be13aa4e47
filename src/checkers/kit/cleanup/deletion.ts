import type { Fix } from '../../engine/result.ts';
/** A word for a shell command: quoted unless it is plain, so that a name from AWS cannot become a command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

// USD per GB and month, November 2026 (Amazon ECR pricing, Amazon S3 pricing, Amazon CloudWatch pricing).
const ECR_STORAGE = 0.1;
const LOG_STORAGE: Readonly<Record<string, number>> = { 'ap-northeast-1': 0.033, 'ap-northeast-2': 0.0314, 'us-east-1': 0.03 };
const S3_STORAGE: Readonly<Record<string, number>> = { 'ap-northeast-1': 0.025, 'ap-northeast-2': 0.025, 'us-east-1': 0.023 };
const GB = 2 ** 30;

const usd = (amount: number) => ({ amount: Number(amount.toFixed(6)), currency: 'USD' }) as const;

/** What keeping images costs a month. Layers that images share are stored once, so this is the most it can be. */
export const imageStorageCost = (bytes: number) => usd((bytes / GB) * ECR_STORAGE);
/** What keeping logs costs a month; unset for regions whose price is not known here. */
export const logStorageCost = (bytes: number, region: string) => {
  const price = LOG_STORAGE[region];
  return price === undefined ? undefined : usd((bytes / GB) * price);
};
/** What keeping objects costs a month in the standard class; unset for regions whose price is not known here. */
export const objectStorageCost = (bytes: number, region: string) => {
  const price = S3_STORAGE[region];
  return price === undefined ? undefined : usd((bytes / GB) * price);
};
export const NO_COST = usd(0);

/** How each kind of leftover is removed. `order` is the lab's: what has to go first has the smaller number. */
export const deletion = {
  images: (repository: string, region: string, bytes: number, order: number): Fix => ({
    command:
      `aws ecr batch-delete-image --region ${region} --repository-name ${shellWord(repository)} --image-ids ` +
      `"$(aws ecr list-images --region ${region} --repository-name ${shellWord(repository)} --query 'imageIds[*]' --output json)"`,
    order,
    costPerMonth: imageStorageCost(bytes),
  }),
  project: (name: string, region: string, order: number): Fix => ({
    command: `aws codebuild delete-project --region ${region} --name ${shellWord(name)}`,
    order,
    costPerMonth: NO_COST,
  }),
  stack: (name: string, region: string, order: number): Fix => ({
    command: `aws cloudformation delete-stack --region ${region} --stack-name ${shellWord(name)}`,
    order,
    costPerMonth: NO_COST,
  }),
  imageRepository: (name: string, region: string, order: number): Fix => ({
    command: `aws ecr delete-repository --region ${region} --repository-name ${shellWord(name)}`,
    order,
    costPerMonth: NO_COST,
  }),
  imageRepositoryWithImages: (name: string, region: string, bytes: number, order: number): Fix => ({
    command: `aws ecr delete-repository --region ${region} --repository-name ${shellWord(name)} --force`,
    order,
    costPerMonth: imageStorageCost(bytes),
  }),
  sourceRepository: (name: string, region: string, order: number): Fix => ({
    command: `aws codecommit delete-repository --region ${region} --repository-name ${shellWord(name)}`,
    order,
    costPerMonth: NO_COST,
  }),
  inlinePolicy: (role: string, policy: string, order: number): Fix => ({
    command: `aws iam delete-role-policy --role-name ${shellWord(role)} --policy-name ${shellWord(policy)}`,
    order,
    costPerMonth: NO_COST,
  }),
  attachedPolicy: (role: string, arn: string, order: number): Fix => ({
    command: `aws iam detach-role-policy --role-name ${shellWord(role)} --policy-arn ${shellWord(arn)}`,
    order,
    costPerMonth: NO_COST,
  }),
  // A role can only be deleted without its policies.
  role: (name: string, order: number): Fix => {
    const role = `--role-name ${shellWord(name)}`;
    return {
      command:
        `for policy in $(aws iam list-attached-role-policies ${role} --query 'AttachedPolicies[].PolicyArn' --output text); do ` +
        `aws iam detach-role-policy ${role} --policy-arn "$policy"; done; ` +
        `for policy in $(aws iam list-role-policies ${role} --query 'PolicyNames[]' --output text); do ` +
        `aws iam delete-role-policy ${role} --policy-name "$policy"; done; aws iam delete-role ${role}`,
      order,
      costPerMonth: NO_COST,
    };
  },
  logGroup: (name: string, region: string, bytes: number, order: number): Fix => {
    const costPerMonth = logStorageCost(bytes, region);
    return {
      command: `aws logs delete-log-group --region ${region} --log-group-name ${shellWord(name)}`,
      order,
      ...(costPerMonth && { costPerMonth }),
    };
  },
  /** With every object, version and delete marker in it, a thousand at a time. */
  bucketWithObjects: (name: string, region: string, bytes: number, order: number): Fix => {
    const costPerMonth = objectStorageCost(bytes, region);
    const bucket = `--region ${region} --bucket ${shellWord(name)}`;
    const versions =
      `aws s3api list-object-versions ${bucket} --max-items 1000 --output json | ` +
      `jq -c '{Objects: [.Versions[]?, .DeleteMarkers[]? | {Key, VersionId}], Quiet: true}'`;
    return {
      command:
        `while batch=$(${versions}); [ "$(jq '.Objects | length' <<< "$batch")" -gt 0 ]; do ` +
        `aws s3api delete-objects ${bucket} --delete "$batch" || break; done; aws s3api delete-bucket ${bucket}`,
      order,
      ...(costPerMonth && { costPerMonth }),
    };
  },
  stateMachine: (arn: string, region: string, order: number): Fix => ({
    command: `aws stepfunctions delete-state-machine --region ${region} --state-machine-arn ${shellWord(arn)}`,
    order,
    costPerMonth: NO_COST,
  }),
  /** Targets go first. A rule that a service manages for itself has to be forced. */
  eventRule: (name: string, region: string, order: number, { managed = false } = {}): Fix => {
    const force = managed ? ' --force' : '';
    const targets = `aws events list-targets-by-rule --region ${region} --rule ${shellWord(name)} --query 'Targets[].Id' --output text`;
    return {
      command:
        `for id in $(${targets}); do aws events remove-targets --region ${region} --rule ${shellWord(name)} --ids "$id"${force}; done && ` +
        `aws events delete-rule --region ${region} --name ${shellWord(name)}${force}`,
      order,
      costPerMonth: NO_COST,
    };
  },
} as const;
