import type { Fix } from '../core/index.ts';

/** A word for a shell command: quoted unless it is plain, so that a name from AWS cannot become a command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

// USD per GB and month in ap-northeast-2, as in the lab's COST table.
const ECR_STORAGE = 0.1;
const LOG_STORAGE = 0.0314;
const GB = 2 ** 30;

const usd = (amount: number) => ({ amount: Number(amount.toFixed(6)), currency: 'USD' }) as const;

/** What keeping images costs. Layers that images share are stored once, so this is the most it can be. */
export const imageStorageCost = (bytes: number) => usd((bytes / GB) * ECR_STORAGE);
export const logStorageCost = (bytes: number) => usd((bytes / GB) * LOG_STORAGE);
export const NO_COST = usd(0);

/** How each leftover is removed, in the order in which it works: a stack cannot delete a repository that still holds images. */
export const deletion = {
  images: (repository: string, region: string, bytes: number): Fix => ({
    command:
      `aws ecr batch-delete-image --region ${region} --repository-name ${shellWord(repository)} --image-ids ` +
      `"$(aws ecr list-images --region ${region} --repository-name ${shellWord(repository)} --query 'imageIds[*]' --output json)"`,
    order: 1,
    costPerMonth: imageStorageCost(bytes),
  }),
  project: (name: string, region: string): Fix => ({
    command: `aws codebuild delete-project --region ${region} --name ${shellWord(name)}`,
    order: 2,
    costPerMonth: NO_COST,
  }),
  stack: (name: string, region: string): Fix => ({
    command: `aws cloudformation delete-stack --region ${region} --stack-name ${shellWord(name)}`,
    order: 3,
    costPerMonth: NO_COST,
  }),
  imageRepository: (name: string, region: string): Fix => ({
    command: `aws ecr delete-repository --region ${region} --repository-name ${shellWord(name)}`,
    order: 4,
    costPerMonth: NO_COST,
  }),
  sourceRepository: (name: string, region: string): Fix => ({
    command: `aws codecommit delete-repository --region ${region} --repository-name ${shellWord(name)}`,
    order: 5,
    costPerMonth: NO_COST,
  }),
  // A role can only be deleted without its inline policies; the template gives it one.
  role: (name: string): Fix => ({
    command:
      `for policy in $(aws iam list-role-policies --role-name ${shellWord(name)} --query 'PolicyNames[]' --output text); do ` +
      `aws iam delete-role-policy --role-name ${shellWord(name)} --policy-name "$policy"; done && aws iam delete-role --role-name ${shellWord(name)}`,
    order: 6,
    costPerMonth: NO_COST,
  }),
  logGroup: (name: string, region: string, bytes: number): Fix => ({
    command: `aws logs delete-log-group --region ${region} --log-group-name ${shellWord(name)}`,
    order: 7,
    costPerMonth: logStorageCost(bytes),
  }),
} as const;
