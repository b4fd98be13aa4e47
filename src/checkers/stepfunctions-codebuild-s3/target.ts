import type { Build } from '../../aws/services/codebuild/build.ts';
import { BUCKET_VARIABLE, KEY_VARIABLE } from './names.ts';

export interface Target {
  readonly bucket: string;
  readonly key: string;
}

/** Where an execution told its build to put the tar. */
export function targetOf(build: Build | undefined): Target | undefined {
  const value = (name: string) => build?.environment.variables.find((variable) => variable.name === name)?.value || undefined;
  const [bucket, key] = [value(BUCKET_VARIABLE), value(KEY_VARIABLE)];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
