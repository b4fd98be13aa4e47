import type { Build } from '../../../aws/services/codebuild/build.ts';
import { incomplete } from '../../engine/incomplete.ts';
/**
 * Looks whether the record of a successful build can be believed before it is held against anybody. CodeBuild notes the commit of
 * every build whose source is CodeCommit; an endpoint that runs no builds invents their records, and these name no commit.
 * @throws CannotLook when the commit is not there
 */
export function believed(build: Build): Build {
  const { status, source, resolvedSourceVersion, id } = build;
  if (status === 'SUCCEEDED' && source?.type === 'CODECOMMIT' && resolvedSourceVersion === undefined) {
    incomplete('codebuild:BatchGetBuilds', `the commit of the build ${id}`);
  }
  return build;
}
