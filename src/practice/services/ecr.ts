import {
  DescribeImageScanFindings$,
  type DescribeImageScanFindingsCommandInput,
  type DescribeImageScanFindingsCommandOutput,
  DescribeImages$,
  type DescribeImagesCommandInput,
  type DescribeImagesCommandOutput,
  DescribeRepositories$,
  type DescribeRepositoriesCommandInput,
  type DescribeRepositoriesCommandOutput,
  GetLifecyclePolicy$,
  type GetLifecyclePolicyCommandInput,
  type GetLifecyclePolicyCommandOutput,
  GetRegistryScanningConfiguration$,
  type GetRegistryScanningConfigurationCommandInput,
  type GetRegistryScanningConfigurationCommandOutput,
  GetRepositoryPolicy$,
  type GetRepositoryPolicyCommandInput,
  type GetRepositoryPolicyCommandOutput,
  type ImageDetail,
  type ImageIdentifier,
  ListImages$,
  type ListImagesCommandInput,
  type ListImagesCommandOutput,
  type Repository,
} from '@aws-sdk/client-ecr';
import { type PageRequest, pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { type Call, operation, type Service } from '../protocol/operation.ts';

const PAGE = 100;
const MOST_ASKED = 1000;

export const ecr: Service = {
  id: 'ecr',
  wire: { protocol: 'json', target: 'AmazonEC2ContainerRegistry_V20150921' },
  operations: [
    operation<DescribeRepositoriesCommandInput, DescribeRepositoriesCommandOutput>(
      DescribeRepositories$,
      ({ repositoryNames, registryId, nextToken, maxResults }, call) => {
        if (repositoryNames?.length) return { repositories: repositoryNames.map((name) => repository(call, name, registryId)) };
        const own = registryId === undefined || registryId === call.account.id ? call.region.ecr.repositories() : [];
        const { items, next } = pageOf(own, paging('DescribeRepositories', nextToken, maxResults));
        return { repositories: items, nextToken: next };
      },
    ),

    operation<DescribeImagesCommandInput, DescribeImagesCommandOutput>(
      DescribeImages$,
      ({ repositoryName, registryId, imageIds, filter, nextToken, maxResults }, call) => {
        const { repositoryName: name = '' } = repository(call, repositoryName, registryId);
        const images = call.region.ecr.images(name);
        if (imageIds?.length) {
          return { imageDetails: [...new Set(imageIds.map((id) => image(images, id, name, call.account.id)))] };
        }
        const matching = images.filter((detail) => hasStatus(detail, filter?.tagStatus));
        const { items, next } = pageOf(matching, paging(`DescribeImages ${name} ${filter?.tagStatus}`, nextToken, maxResults));
        return { imageDetails: items, nextToken: next };
      },
    ),

    operation<ListImagesCommandInput, ListImagesCommandOutput>(
      ListImages$,
      ({ repositoryName, registryId, filter, nextToken, maxResults }, call) => {
        const { repositoryName: name = '' } = repository(call, repositoryName, registryId);
        const ids = call.region.ecr
          .images(name)
          .filter((detail) => hasStatus(detail, filter?.tagStatus))
          .flatMap(
            ({ imageDigest, imageTags }): ImageIdentifier[] =>
              imageTags?.map((imageTag) => ({ imageDigest, imageTag })) ?? [{ imageDigest }],
          );
        const { items, next } = pageOf(ids, paging(`ListImages ${name} ${filter?.tagStatus}`, nextToken, maxResults));
        return { imageIds: items, nextToken: next };
      },
    ),

    operation<GetRepositoryPolicyCommandInput, GetRepositoryPolicyCommandOutput>(
      GetRepositoryPolicy$,
      ({ repositoryName, registryId }, call) => {
        const { repositoryName: name = '' } = repository(call, repositoryName, registryId);
        const policyText = call.region.ecr.repositoryPolicy(name);
        if (policyText !== undefined) return { registryId: call.account.id, repositoryName: name, policyText };
        const where = `for the repository with name '${name}' in the registry with id '${call.account.id}'`;
        throw new AwsError('RepositoryPolicyNotFoundException', `Repository policy does not exist ${where}`);
      },
    ),

    operation<GetLifecyclePolicyCommandInput, GetLifecyclePolicyCommandOutput>(
      GetLifecyclePolicy$,
      ({ repositoryName, registryId }, call) => {
        const { repositoryName: name = '' } = repository(call, repositoryName, registryId);
        const lifecyclePolicyText = call.region.ecr.lifecyclePolicy(name);
        if (lifecyclePolicyText !== undefined) return { registryId: call.account.id, repositoryName: name, lifecyclePolicyText };
        const where = `for the repository with name '${name}' in the registry with id '${call.account.id}'`;
        throw new AwsError('LifecyclePolicyNotFoundException', `Lifecycle policy does not exist ${where}`);
      },
    ),

    operation<GetRegistryScanningConfigurationCommandInput, GetRegistryScanningConfigurationCommandOutput>(
      GetRegistryScanningConfiguration$,
      (_input, { account, region }) => ({ registryId: account.id, scanningConfiguration: region.ecr.registryScanning() }),
    ),

    operation<DescribeImageScanFindingsCommandInput, DescribeImageScanFindingsCommandOutput>(
      DescribeImageScanFindings$,
      ({ repositoryName, registryId, imageId = {} }, call) => {
        const { repositoryName: name = '' } = repository(call, repositoryName, registryId);
        const { imageDigest = '', imageTags } = image(call.region.ecr.images(name), imageId, name, call.account.id);
        const scan = call.region.ecr.scan(name, imageDigest);
        if (!scan) {
          const where = `in the repository with name '${name}' in the registry with id '${call.account.id}'`;
          throw new AwsError('ScanNotFoundException', `Image scan does not exist for the image with '${imageDigest}' ${where}`);
        }
        const { status, description, severities, completedAt } = scan;
        return {
          ...{ registryId: call.account.id, repositoryName: name },
          imageId: { imageDigest, imageTag: imageId.imageTag ?? imageTags?.[0] },
          imageScanStatus: { status, description },
          ...(severities && { imageScanFindings: { imageScanCompletedAt: completedAt, findingSeverityCounts: severities, findings: [] } }),
        };
      },
    ),
  ],
};

function repository({ region, account }: Call, name = '', registryId = account.id): Repository {
  const found = registryId === account.id ? region.ecr.repository(name) : undefined;
  if (found) return found;
  const message = `The repository with name '${name}' does not exist in the registry with id '${registryId}'`;
  throw new AwsError('RepositoryNotFoundException', message);
}

function image(
  images: readonly ImageDetail[],
  { imageDigest, imageTag }: ImageIdentifier,
  repositoryName: string,
  registry: string,
): ImageDetail {
  if (imageDigest === undefined && imageTag === undefined) {
    throw new AwsError('InvalidParameterException', 'Invalid parameter at imageIds: an image digest or an image tag is required');
  }
  const found = images.find(
    (detail) =>
      (imageDigest === undefined || detail.imageDigest === imageDigest) && (imageTag === undefined || detail.imageTags?.includes(imageTag)),
  );
  if (found) return found;
  const spelled = (value: string | undefined) => (value === undefined ? 'null' : `'${value}'`);
  const id = `{imageDigest:${spelled(imageDigest)}, imageTag:${spelled(imageTag)}}`;
  const where = `within the repository with name '${repositoryName}' in the registry with id '${registry}'`;
  throw new AwsError('ImageNotFoundException', `The image with imageId ${id} does not exist ${where}`);
}

function hasStatus({ imageTags }: ImageDetail, status: string | undefined): boolean {
  if (status === 'TAGGED') return imageTags !== undefined;
  if (status === 'UNTAGGED') return imageTags === undefined;
  return true;
}

function paging(of: string, token: string | undefined, max: number | undefined): PageRequest {
  if (max !== undefined && (max < 1 || max > MOST_ASKED)) {
    throw new AwsError('InvalidParameterException', `Invalid parameter at 'maxResults': must be from 1 to ${MOST_ASKED}`);
  }
  const badToken = () => new AwsError('InvalidParameterException', "Invalid parameter at 'nextToken' failed to satisfy constraint");
  return { of, token, size: PAGE, max, badToken };
}
