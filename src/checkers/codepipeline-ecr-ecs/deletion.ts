import type { Fix } from '../engine/result.ts';
import { NO_COST, shellWord } from '../kit/cleanup/deletion.ts';
import { NAME } from './names.ts';

// USD in ap-northeast-1, November 2026 (AWS Fargate pricing, Amazon VPC pricing, Amazon S3 pricing).
const VCPU_HOUR = 0.05056;
const GB_HOUR = 0.00553;
const ADDRESS_HOUR = 0.005;
const HOURS_A_MONTH = 730;
const S3_GB_MONTH = 0.025;
const GB = 2 ** 30;

const usd = (amount: number) => ({ amount: Number(amount.toFixed(6)), currency: 'USD' }) as const;

/** What a month of tasks costs as the lab's task definition sizes them, each with a public address. */
const taskCost = (tasks: number) => usd((0.25 * VCPU_HOUR + 0.5 * GB_HOUR + ADDRESS_HOUR) * HOURS_A_MONTH * tasks);

const free = (command: string, order: number): Fix => ({ command, order, costPerMonth: NO_COST });

/** How the leftovers are removed that no other lab has, in the order in which it works: what starts others first, what is empty at last. */
export const ownDeletion = {
  pipeline: (region: string) => free(`aws codepipeline delete-pipeline --region ${region} --name ${NAME}`, 1),
  service: (tasks: number, region: string): Fix => ({
    command: `aws ecs delete-service --region ${region} --cluster ${NAME} --service ${NAME} --force`,
    order: 3,
    costPerMonth: taskCost(tasks),
  }),
  cluster: (region: string) => free(`aws ecs delete-cluster --region ${region} --cluster ${NAME}`, 4),
  taskDefinition: (region: string) =>
    free(
      `for revision in $(aws ecs list-task-definitions --region ${region} --family-prefix ${NAME} --query 'taskDefinitionArns[]' --output text); do ` +
        `aws ecs deregister-task-definition --region ${region} --task-definition "$revision" > /dev/null; done`,
      5,
    ),
  artifacts: (bucket: string, prefix: string, bytes: number): Fix => ({
    command: `aws s3 rm --recursive s3://${shellWord(bucket)}/${prefix}`,
    order: 9,
    costPerMonth: usd((bytes / GB) * S3_GB_MONTH),
  }),
  bucket: (bucket: string) => free(`aws s3 rb --force s3://${shellWord(bucket)}`, 9),
} as const;
