import * as sdk from '@aws-sdk/client-ecr';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Call, type RegionalService } from '../service.ts';
import { createEcrState, type EcrState } from '../state/ecr.ts';

export const ecr: RegionalService<EcrState> = {
  client: sdk.ECRClient,
  state: createEcrState,
  paging: {
    token: 'nextToken',
    size: 100,
    badToken: () => refuse('InvalidParameterException', "Invalid parameter at 'nextToken' failed to satisfy constraint"),
    limit: {
      member: 'maxResults',
      most: 1000,
      bad: () => refuse('InvalidParameterException', "Invalid parameter at 'maxResults': must be from 1 to 1000"),
    },
  },
  operations: [
    answers(sdk.DescribeRepositoriesCommand, ({ repositoryNames, registryId }, call) => {
      if (repositoryNames?.length)
        return { repositories: repositoryNames.map((repositoryName) => repository(call, { repositoryName, registryId })) };
      const own = registryId === undefined || registryId === call.account.id;
      return call.page(own ? call.state.repositories() : [], (repositories) => ({ repositories }));
    }),

    answers(sdk.DescribeImagesCommand, (input, call) => {
      const { repositoryName } = named(call, input);
      if (input.imageIds?.length) return { imageDetails: [...new Set(input.imageIds.map((id) => image(call, repositoryName, id)))] };
      const status = input.filter?.tagStatus;
      const isWanted = ({ imageTags }: sdk.ImageDetail) =>
        status === undefined || status === 'ANY' || (status === 'TAGGED') === (imageTags !== undefined);
      return call.page(call.state.images(repositoryName).filter(isWanted), (imageDetails) => ({ imageDetails }));
    }),

    answers(sdk.GetRepositoryPolicyCommand, (input, call) => {
      const found = named(call, input);
      const policyText =
        call.state.repositoryPolicy(found.repositoryName) ??
        refuse('RepositoryPolicyNotFoundException', `Repository policy does not exist for ${spelled(found)}`);
      return { ...found, policyText };
    }),

    answers(sdk.GetLifecyclePolicyCommand, (input, call) => {
      const found = named(call, input);
      const lifecyclePolicyText =
        call.state.lifecyclePolicy(found.repositoryName) ??
        refuse('LifecyclePolicyNotFoundException', `Lifecycle policy does not exist for ${spelled(found)}`);
      return { ...found, lifecyclePolicyText };
    }),

    answers(sdk.GetRegistryScanningConfigurationCommand, (_input, { account, state }) => ({
      registryId: account.id,
      scanningConfiguration: state.registryScanning(),
    })),

    answers(sdk.DescribeImageScanFindingsCommand, ({ imageId = {}, ...input }, call) => {
      const found = named(call, input);
      const { imageDigest = '', imageTags } = image(call, found.repositoryName, imageId);
      const scan =
        call.state.scan(found.repositoryName, imageDigest) ??
        refuse('ScanNotFoundException', `Image scan does not exist for the image with '${imageDigest}' in ${spelled(found)}`);
      return { ...found, imageId: { imageDigest, imageTag: imageId.imageTag ?? imageTags?.[0] }, ...scan };
    }),
  ],
};

type Wanted = Pick<sdk.Repository, 'repositoryName' | 'registryId'>;

interface Found {
  readonly registryId: string;
  readonly repositoryName: string;
}

const spelled = ({ repositoryName, registryId }: Found) =>
  `the repository with name '${repositoryName}' in the registry with id '${registryId}'`;

function repository({ state, account }: Call<EcrState>, { repositoryName: name = '', registryId = account.id }: Wanted): sdk.Repository {
  const missing = `The repository with name '${name}' does not exist in the registry with id '${registryId}'`;
  return (registryId === account.id ? state.repository(name) : undefined) ?? refuse('RepositoryNotFoundException', missing);
}

function named(call: Call<EcrState>, wanted: Wanted): Found {
  const { repositoryName = '' } = repository(call, wanted);
  return { registryId: call.account.id, repositoryName };
}

function image(
  { state, account }: Call<EcrState>,
  repositoryName: string,
  { imageDigest: digest, imageTag: tag }: sdk.ImageIdentifier,
): sdk.ImageDetail {
  if (digest === undefined && tag === undefined)
    refuse('InvalidParameterException', 'Invalid parameter at imageIds: an image digest or an image tag is required');
  const fits = ({ imageDigest, imageTags }: sdk.ImageDetail) =>
    (digest === undefined || imageDigest === digest) && (tag === undefined || imageTags?.includes(tag));
  const quoted = (value: string | undefined) => (value === undefined ? 'null' : `'${value}'`);
  const where = `within ${spelled({ repositoryName, registryId: account.id })}`;
  const missing = `The image with imageId {imageDigest:${quoted(digest)}, imageTag:${quoted(tag)}} does not exist ${where}`;
  return state.images(repositoryName).find(fits) ?? refuse('ImageNotFoundException', missing);
}
