/**
 * The repository of a CodeCommit source: `https://git-codecommit.<region>.amazonaws.com/v1/repos/<name>`, as console and CLI store it.
 * @param region where the repository must be; one of the same name in another region is none
 */
export function codeCommitRepositoryOf(location: string | undefined, region?: string): string | undefined {
  const [, there] = /\/\/git-codecommit(?:-fips)?\.([a-z0-9-]+)\.amazonaws\./.exec(location ?? '') ?? [];
  if (region !== undefined && there !== undefined && there !== region) return undefined;
  return /\/v1\/repos\/([^/]+?)\/?$/.exec(location ?? '')?.[1];
}

/** Where a project or build takes its commands from. `default`: `buildspec.yml` at the root of the source. */
export function buildspecPlace(buildspec: string | undefined): 'default' | 'inline' | 'other' {
  if (buildspec === undefined || buildspec.replace(/^\.\//, '') === 'buildspec.yml') return 'default';
  return /\n|^\s*version\s*:|^\s*\{/.test(buildspec) ? 'inline' : 'other';
}
