import { IMAGE_TAR } from '../dialects/buildspec/docker.ts';
import { unlessLost } from '../dialects/buildspec/findings.ts';
import { type Course, followBuildspec } from '../dialects/buildspec/follow.ts';
import { type Buildspec, type BuildspecReading, parseBuildspec } from '../dialects/buildspec/parse.ts';
import { couldBe, isKnown, shown } from '../dialects/buildspec/text.ts';
import type { Upload } from '../dialects/buildspec/uploads.ts';
import type { TaskContext } from '../engine/task-context.ts';
import type { Says } from '../engine/texts.ts';
import { failed, passed, undecided, type Verdict } from '../engine/verdict.ts';
import { judgeSyntax } from '../kit/codebuild/buildspec-syntax.ts';
import { absent } from '../kit/codebuild/course-checks.ts';
import { BUCKET_VARIABLE, imageUriOf, KEY_VARIABLE, registryOf } from './names.ts';
import type { Project } from './student.ts';

/** Stand for what an execution hands over. */
const BUCKET = 'bucket-of-the-execution';
const KEY = 'key/of/the/execution.tar';
const TARGET = `s3://${BUCKET}/${KEY}`;

/** What the project's buildspec says and does; each unset when there is nothing to read or to follow. */
export interface Spec {
  readonly reading: BuildspecReading | undefined;
  readonly course: Course | undefined;
}

/** Reads the buildspec that a project carries, and follows it as a build that an execution starts. */
export function specOf(project: Project | undefined, { account, region }: TaskContext): Spec {
  const text = project?.source.buildspec;
  if (project === undefined || text === undefined) return { reading: undefined, course: undefined };
  const reading = parseBuildspec(text);
  if (reading.state !== 'parsed') return { reading, course: undefined };
  const variables = Object.fromEntries(
    project.environment.variables.filter(({ type }) => type === 'PLAINTEXT').map(({ name, value }) => [name, value]),
  );
  const course = followBuildspec(reading, {
    account,
    region,
    // There is no source, so there is no commit and there are no scripts.
    commit: '',
    variables: { ...variables, [BUCKET_VARIABLE]: BUCKET, [KEY_VARIABLE]: KEY },
    scripts: new Map(),
  });
  return { reading, course };
}

/** What CodeBuild would refuse, or silently never run. */
export function judgeReading(reading: BuildspecReading) {
  return reading.state === 'parsed' ? judgeStructure(reading) : judgeSyntax(reading, 'yamlNotMapping');
}

function judgeStructure(spec: Buildspec) {
  if (spec.version !== '0.2') return failed(['versionWrong', { found: spec.version ?? '-' }]);
  const misplaced = [...spec.phasesAtRoot, ...spec.unknownPhases];
  if (misplaced.length > 0) return failed(['phasesMisplaced', { phases: misplaced.join(', ') }]);
  if (!spec.hasPhases) return failed('phasesMissing');
  const [bad] = spec.badCommands;
  if (bad !== undefined) return failed(['commandNotText', { line: bad.line, command: bad.text }]);
  const [phase] = spec.commandsNotList;
  return phase === undefined ? passed() : failed(['commandsNotList', { phase }]);
}

export function judgeLogin(course: Course, context: TaskContext) {
  const registry = registryOf(context);
  const verdict = judgeRegistryLogin(course, registry);
  if (verdict.status !== 'passed') return verdict;
  const first = course.pulls.findIndex(({ ref }) => ref.startsWith(`${registry}/`));
  const inTime = course.logins.some((one) => one.registry === registry && (first === -1 || one.afterPulls <= first));
  return inTime ? passed() : failed('loginLate');
}

export function judgePull(course: Course, context: TaskContext) {
  const expected = imageUriOf(context);
  if (course.pulls.some(({ ref, certain }) => ref === expected && certain)) return passed();
  const perhaps = course.pulls.find(({ ref }) => couldBe(ref, expected));
  if (perhaps !== undefined) return undecided(['undecidedValue', { found: `docker pull ${shown(perhaps.ref)}` }]);
  const [other] = course.pulls;
  if (other !== undefined) return failed(['pullOther', { found: shown(other.ref), expected }]);
  return absent(unlessLost(course), ['pullMissing', { expected }]);
}

export function judgeSave(course: Course, context: TaskContext) {
  const expected = imageUriOf(context);
  const saves = course.saves.filter(({ refs }) => refs.some((ref) => couldBe(ref, expected)));
  if (saves.some(({ certain, refs }) => certain && refs.includes(expected))) return passed();
  const [perhaps] = saves;
  if (perhaps !== undefined) return undecided(['undecidedValue', { found: `docker save ${shown(perhaps.refs.join(' '))}` }]);
  const [unmade] = course.savesOfNothing;
  if (unmade !== undefined) return failed(['saveOfNothing', { found: shown(unmade) }]);
  return absent(unlessLost(course), ['saveMissing', { expected }]);
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Whether what is uploaded is the tar that was saved; `undefined` when that cannot be told. */
function isTar({ from, stdin }: Upload, { saves, files }: Course): boolean | undefined {
  if (from === '-') return stdin === undefined || !isKnown(stdin) ? undefined : stdin.includes(IMAGE_TAR);
  if (!isKnown(from)) return undefined;
  const name = baseName(from);
  const saved = saves.map(({ file }) => (file === undefined ? undefined : baseName(file)));
  if (saved.includes(name) || files.get(name)?.content.includes(IMAGE_TAR)) return true;
  // A tar that was packed further, or written under a name that is not known.
  const packed = saved.some((file) => file !== undefined && (!isKnown(file) || name.startsWith(`${file}.`)));
  const content = files.get(name)?.content;
  return packed || (content !== undefined && !isKnown(content)) ? undefined : false;
}

export function judgeUpload(course: Course) {
  const right = course.uploads.filter(({ to, folder }) => !folder && to === TARGET);
  if (right.some((upload) => upload.certain && isTar(upload, course) === true)) return passed();
  const doubt =
    right.find((upload) => isTar(upload, course) !== false) ??
    course.uploads.find(({ to, folder }) => folder || (couldBe(to, TARGET) && to !== TARGET));
  if (doubt !== undefined) return undecided(['undecidedValue', { found: `aws s3 cp ${shown(doubt.from)} ${target(doubt)}` }]);
  const [other] = right;
  if (other !== undefined) return failed(['uploadOtherFile', { found: shown(other.from) }]);
  const [fixed] = course.uploads;
  if (fixed !== undefined)
    return failed(['uploadElsewhere', { found: target(fixed), bucket: `$${BUCKET_VARIABLE}`, key: `$${KEY_VARIABLE}` }]);
  return absent(unlessLost(course), ['uploadMissing', { bucket: `$${BUCKET_VARIABLE}`, key: `$${KEY_VARIABLE}` }]);
}

/** Where an upload goes, with the variables' names where their values stand for them. */
const target = ({ to }: Upload) => shown(to).replace(BUCKET, `$${BUCKET_VARIABLE}`).replace(KEY, `$${KEY_VARIABLE}`);
