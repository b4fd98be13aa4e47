import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  ImageNotFoundException,
  InvalidParameterException,
  LifecyclePolicyNotFoundException,
  paginateDescribeImages,
  RepositoryNotFoundException,
  RepositoryPolicyNotFoundException,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, rejection, startTestEndpoint } from '../endpoint.test-support.ts';

const repositoryName = 'app';

describe('ecr', () => {
  let practice: Awaited<ReturnType<typeof startTestEndpoint>>;
  let client: ECRClient;
  beforeAll(async () => {
    practice = await startTestEndpoint();
    client = new ECRClient(practice.config);
  });
  beforeEach(() => practice.account.reset());
  afterAll(async () => {
    await practice.endpoint.close();
    expect(practice.bugs).toEqual([]);
  });
  const state = () => practice.account.region(REGION).ecr;

  it('describes repositories, and refuses one that is missing', async () => {
    const made = state().createRepository(repositoryName);
    state().createRepository('other');
    const { repositories } = await client.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
    expect(repositories).toEqual([made]);
    expect(made.repositoryUri).toBe(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app`);
    expect((await client.send(new DescribeRepositoriesCommand({}))).repositories).toHaveLength(2);
    state().deleteRepository(repositoryName);
    const error = await rejection(client.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })));
    expect(error).toBeInstanceOf(RepositoryNotFoundException);
    expect(error.message).toContain(`'app' does not exist in the registry with id '${ACCOUNT}'`);
  });

  it('moves a tag to the newest image and leaves the older one untagged', async () => {
    state().createRepository(repositoryName);
    const old = state().putImage(repositoryName, { tags: ['latest'] });
    const fresh = state().putImage(repositoryName, { tags: ['latest', 'abc1234'] });

    const { imageDetails } = await client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'latest' }] }));
    expect(imageDetails).toMatchObject([{ imageDigest: fresh.imageDigest, imageTags: ['latest', 'abc1234'] }]);
    const all = await client.send(new DescribeImagesCommand({ repositoryName }));
    expect(all.imageDetails?.map(({ imageDigest }) => imageDigest)).toEqual([old.imageDigest, fresh.imageDigest]);
    expect(all.imageDetails?.[0]).not.toHaveProperty('imageTags');
    const tagged = await client.send(new DescribeImagesCommand({ repositoryName, filter: { tagStatus: 'TAGGED' } }));
    expect(tagged.imageDetails).toHaveLength(1);
  });

  it('adds a tag to an image pushed again', async () => {
    state().createRepository(repositoryName);
    const { imageDigest = '', imagePushedAt } = state().putImage(repositoryName, { tags: ['a'] });
    state().putImage(repositoryName, { tags: ['b'], digest: imageDigest });
    const { imageDetails } = await client.send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails).toMatchObject([{ imageDigest, imageTags: ['a', 'b'], imagePushedAt }]);
  });

  it('refuses an image that is missing', async () => {
    state().createRepository(repositoryName);
    const error = await rejection(client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] })));
    expect(error).toBeInstanceOf(ImageNotFoundException);
    state().putImage(repositoryName, { tags: ['v1'] });
    state().deleteImages(repositoryName);
    expect((await client.send(new DescribeImagesCommand({ repositoryName }))).imageDetails).toEqual([]);
  });

  it('pages by 100 or by what is asked', async () => {
    state().createRepository(repositoryName);
    for (let at = 0; at < 250; at += 1) state().putImage(repositoryName, { tags: [`t${at}`] });
    const pages = async (pageSize?: number) => {
      const sizes: number[] = [];
      const config = { client, ...(pageSize && { pageSize }) };
      for await (const { imageDetails = [] } of paginateDescribeImages(config, { repositoryName })) sizes.push(imageDetails.length);
      return sizes;
    };
    expect(await pages()).toEqual([100, 100, 50]);
    expect(await pages(200)).toEqual([200, 50]);
    const tooMany = client.send(new DescribeImagesCommand({ repositoryName, maxResults: 1001 }));
    expect(await rejection(tooMany)).toBeInstanceOf(InvalidParameterException);
  });

  it('keeps the policies of a repository as they were written', async () => {
    const policy = () => client.send(new GetRepositoryPolicyCommand({ repositoryName }));
    const lifecycle = () => client.send(new GetLifecyclePolicyCommand({ repositoryName }));
    for (const ask of [policy, lifecycle]) expect(await rejection(ask())).toBeInstanceOf(RepositoryNotFoundException);
    state().createRepository(repositoryName);
    expect(await rejection(policy())).toBeInstanceOf(RepositoryPolicyNotFoundException);
    expect(await rejection(lifecycle())).toBeInstanceOf(LifecyclePolicyNotFoundException);
    state().setRepositoryPolicy(repositoryName, { Version: '2012-10-17', Statement: [] });
    state().setLifecyclePolicy(repositoryName, '{ "rules": [ ] }');
    expect(await policy()).toMatchObject({ repositoryName, policyText: '{"Version":"2012-10-17","Statement":[]}' });
    expect(await lifecycle()).toMatchObject({ repositoryName, lifecyclePolicyText: '{ "rules": [ ] }' });
    state().setRepositoryPolicy(repositoryName, undefined);
    expect(await rejection(policy())).toBeInstanceOf(RepositoryPolicyNotFoundException);
  });

  it('scans what is pushed where the repository says so', async () => {
    const find = (imageTag: string) => client.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageTag } }));
    state().createRepository(repositoryName, { encryptionType: 'KMS', kmsKey: 'arn:aws:kms:key' });
    expect(state().repository(repositoryName)?.encryptionConfiguration).toEqual({ encryptionType: 'KMS', kmsKey: 'arn:aws:kms:key' });
    state().putImage(repositoryName, { tags: ['before'] });
    expect(await rejection(find('before'))).toBeInstanceOf(ScanNotFoundException);
    expect(await rejection(find('none'))).toBeInstanceOf(ImageNotFoundException);

    state().updateRepository(repositoryName, { scanOnPush: true, imageTagMutability: 'IMMUTABLE' });
    const { imageDigest = '' } = state().putImage(repositoryName, { tags: ['after'] });
    expect(await find('after')).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findingSeverityCounts: {} },
    });
    state().setScan(repositoryName, imageDigest, {
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findingSeverityCounts: { HIGH: 3 } },
    });
    expect((await find('after')).imageScanFindings?.findingSeverityCounts).toEqual({ HIGH: 3 });
    state().setScan(repositoryName, imageDigest, { imageScanStatus: { status: 'IN_PROGRESS' } });
    expect((await find('after')).imageScanFindings).toBeUndefined();
    state().putImage(repositoryName, { tags: ['list'], mediaType: 'application/vnd.oci.image.index.v1+json' });
    expect(await rejection(find('list'))).toBeInstanceOf(ScanNotFoundException);

    const registry = async () => (await client.send(new GetRegistryScanningConfigurationCommand({}))).scanningConfiguration;
    expect(await registry()).toEqual({ scanType: 'BASIC', rules: [] });
    state().setRegistryScanning({ scanType: 'ENHANCED', rules: [] });
    expect(await registry()).toEqual({ scanType: 'ENHANCED', rules: [] });
  });
});
