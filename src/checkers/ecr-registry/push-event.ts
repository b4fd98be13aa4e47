/** What ECR sends to EventBridge when an image is pushed. Source: Amazon ECR User Guide, "Amazon ECR events and EventBridge". */
export const pushEvent = (repository: string, tag: string, { account, region }: { account: string; region: string }) => ({
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account,
  region,
  detail: { result: 'SUCCESS', 'action-type': 'PUSH', 'repository-name': repository, 'image-tag': tag },
});
