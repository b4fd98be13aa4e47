import { z } from 'zod';
import { consolePage, encoded, type Place } from '../console.ts';
import { costing, free, shellWord, storageCost } from '../deletion.ts';
import { date, type FactsOf, facts, from, jsonDocument, list, listOf, maybeText, text, within } from '../facts.ts';
import { page } from '../pages.ts';
import { limitedTo, regionalArn, UNLIMITED } from '../scope.ts';
import { sdkModule } from '../sdk-module.ts';
import { defineService } from '../service.ts';

declare module '../scope.ts' {
  interface ResourceKinds extends Record<'image-repository', true> {}
}

const sdk = sdkModule<typeof import('@aws-sdk/client-ecr')>('@aws-sdk/client-ecr');

const ofRepository = limitedTo('image-repository', (name) => regionalArn('ecr', `repository/${name}`));

const service = defineService({ name: 'ecr', client: () => sdk.ECRClient });

const repositoryFacts = facts({
  name: from('repositoryName', text),
  arn: from('repositoryArn', text),
  /** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  uri: from('repositoryUri', text),
  /** `MUTABLE`, `IMMUTABLE`, ... */
  tagMutability: from('imageTagMutability', maybeText),
  scanOnPush: from('imageScanningConfiguration.scanOnPush', z.boolean().optional()),
  /** `AES256`, `KMS`, ... */
  encryption: from('encryptionConfiguration.encryptionType', maybeText),
});
export type ImageRepository = FactsOf<typeof repositoryFacts>;

const imageFacts = facts({
  /** `sha256:<64 hexadecimal digits>`. */
  digest: from('imageDigest', text),
  /** Empty for untagged images, such as the per-platform parts of a multi-architecture image. */
  tags: from('imageTags', list(z.string())),
  pushedAt: from('imagePushedAt', date),
  sizeBytes: from('imageSizeInBytes', z.number().optional()),
  mediaType: from('imageManifestMediaType', maybeText),
});
export type Image = FactsOf<typeof imageFacts>;

/** Which repositories are scanned, and when. */
const scanningRule = facts({
  /** `SCAN_ON_PUSH`, `CONTINUOUS_SCAN` or `MANUAL`. */
  frequency: from('scanFrequency', text),
  /** Names with `*` as wildcard. */
  repositories: from('repositoryFilters', listOf('filter')),
});

const NO_REPOSITORY = ['RepositoryNotFoundException'];
const aboutAnother = (found: string | undefined, wanted: string) =>
  found === undefined || found === wanted ? undefined : 'is about another repository';

/** The image repository of this name. */
const repository = service.one('repository', {
  finds: 'image-repository',
  calls: { DescribeRepositories: ofRepository },
  command: ([name]: [name: string]) => new sdk.DescribeRepositoriesCommand({ repositoryNames: [name] }),
  answer: within('repositories', z.tuple([repositoryFacts])),
  misfit: ([found], [name]) => aboutAnother(found.name, name),
  absent: NO_REPOSITORY,
  gives: ([found]) => found,
});

/** The names of all image repositories in the region. */
const repositoryNames = service.list('repositoryNames', {
  calls: { DescribeRepositories: ofRepository },
  command: (_: [], { token }) => new sdk.DescribeRepositoriesCommand({ nextToken: token, maxResults: 1000 }),
  page: page('repositories', within('repositoryName', text)),
});

/** Every image of a repository, tagged or not, in no particular order. `undefined` when there is no such repository. */
const images = service.list('images', {
  calls: { DescribeImages: ofRepository },
  command: ([repositoryName]: [repository: string], { token }) =>
    new sdk.DescribeImagesCommand({ repositoryName, nextToken: token, maxResults: 1000 }),
  page: page('imageDetails', imageFacts),
  absent: NO_REPOSITORY,
});

const policyFacts = (member: string) => facts({ document: from(member, jsonDocument), repositoryName: maybeText });

/** The policy of a repository, parsed, or its text when it is no JSON. `undefined` when it has none, or there is no such repository. */
const repositoryPolicy = service.one('repositoryPolicy', {
  calls: { GetRepositoryPolicy: ofRepository },
  command: ([repositoryName]: [repository: string]) => new sdk.GetRepositoryPolicyCommand({ repositoryName }),
  answer: policyFacts('policyText'),
  misfit: ({ repositoryName }, [name]) => aboutAnother(repositoryName, name),
  absent: ['RepositoryPolicyNotFoundException', ...NO_REPOSITORY],
  gives: ({ document }) => ({ document }),
});

/** The lifecycle policy of a repository, parsed, or its text when it is no JSON. `undefined` when it has none, or there is no such repository. */
const lifecyclePolicy = service.one('lifecyclePolicy', {
  calls: { GetLifecyclePolicy: ofRepository },
  command: ([repositoryName]: [repository: string]) => new sdk.GetLifecyclePolicyCommand({ repositoryName }),
  answer: policyFacts('lifecyclePolicyText'),
  misfit: ({ repositoryName }, [name]) => aboutAnother(repositoryName, name),
  absent: ['LifecyclePolicyNotFoundException', ...NO_REPOSITORY],
  gives: ({ document }) => ({ document }),
});

/** How the registry of this account and region scans images, besides what each repository says. */
const registryScanning = service.one('registryScanning', {
  calls: { GetRegistryScanningConfiguration: UNLIMITED },
  command: (_: []) => new sdk.GetRegistryScanningConfigurationCommand({}),
  answer: within('scanningConfiguration', facts({ rules: list(scanningRule) })),
});

/** What the scan of an image found. `undefined` when the image was never scanned, or there is no such image or repository. */
const scanFindings = service.one('scanFindings', {
  calls: { DescribeImageScanFindings: ofRepository },
  probe: (name) => [name, { tag: 'latest' }],
  command: ([repositoryName, image]: [repository: string, image: { readonly digest: string } | { readonly tag: string }]) =>
    new sdk.DescribeImageScanFindingsCommand({
      repositoryName,
      imageId: 'digest' in image ? { imageDigest: image.digest } : { imageTag: image.tag },
    }),
  answer: facts({
    /** `COMPLETE`, `IN_PROGRESS`, `FAILED`, `ACTIVE` (enhanced scanning), `UNSUPPORTED_IMAGE`, ... */
    status: from('imageScanStatus.status', text),
  }),
  absent: ['ScanNotFoundException', 'ImageNotFoundException', ...NO_REPOSITORY],
});

export const ecr = { repository, repositoryNames, images, repositoryPolicy, lifecyclePolicy, registryScanning, scanFindings };

export const ecrConsole = {
  repositories: (place: Place) => consolePage(place, 'ecr/private-registry/repositories'),
  repository: (place: Place, name: string) =>
    consolePage(place, `ecr/repositories/private/${place.account}/${name.split('/').map(encoded).join('/')}`),
};

// USD per GB and month in every region, November 2026 (Amazon ECR pricing).
const STORAGE = 0.1;

/** What keeping images costs a month. Layers that images share are stored once, so this is the most it can be. */
export const imageStorageCost = (bytes: number) => storageCost(bytes, STORAGE);

const deleteRepository = ({ region }: Place, name: string) =>
  `aws ecr delete-repository --region ${region} --repository-name ${shellWord(name)}`;

export const ecrDeletion = {
  images: ({ region }: Place, repositoryName: string, bytes: number) => {
    const ofImages = `--region ${region} --repository-name ${shellWord(repositoryName)}`;
    return costing(
      imageStorageCost(bytes),
      `aws ecr batch-delete-image ${ofImages} --image-ids "$(aws ecr list-images ${ofImages} --query 'imageIds[*]' --output json)"`,
    );
  },
  repository: (place: Place, name: string) => free(deleteRepository(place, name)),
  repositoryWithImages: (place: Place, name: string, bytes: number) =>
    costing(imageStorageCost(bytes), `${deleteRepository(place, name)} --force`),
};
