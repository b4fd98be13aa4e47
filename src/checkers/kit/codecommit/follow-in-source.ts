import type { Bound } from '../../../aws/reader.ts';
import { codecommit } from '../../../aws/services/codecommit.ts';
import { type BuildSetting, type Course, followBuildspec } from '../../dialects/buildspec/follow.ts';
import type { Buildspec } from '../../dialects/buildspec/parse.ts';

export const sourceFileReads = { file: codecommit.file } as const;

// Scripts may run scripts; three rounds and five files are more than a student's build needs.
const MOST_ROUNDS = 3;
const MOST_SCRIPTS = 5;

/** Follows a buildspec's commands, reading the scripts on the default branch of the repository that they run. */
export async function followInSource(
  aws: Bound<typeof sourceFileReads>,
  repository: string,
  buildspec: Buildspec,
  setting: Omit<BuildSetting, 'scripts'>,
): Promise<Course> {
  const scripts = new Map<string, string>();
  let course = followBuildspec(buildspec, { ...setting, scripts });
  for (let round = 0; round < MOST_ROUNDS && course.wanted.length > 0; round += 1) {
    const wanted = course.wanted.filter((path) => !scripts.has(path)).slice(0, MOST_SCRIPTS - scripts.size);
    const found = await Promise.all(wanted.map(async (path) => ({ path, script: await aws.file(repository, undefined, path) })));
    const texts = found.flatMap(({ path, script }) => (script.state === 'present' ? [[path, script.text] as const] : []));
    if (texts.length === 0) break;
    for (const [path, text] of texts) scripts.set(path, text);
    course = followBuildspec(buildspec, { ...setting, scripts });
  }
  return course;
}
