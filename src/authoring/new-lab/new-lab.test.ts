import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLab } from '../lint/lab.ts';
import { lintLab } from '../lint/lint.ts';
import { tasksOf } from '../lint/outline.ts';
import { temporaryFolder } from '../temporary-folder.test-support.ts';
import { checkLabId, newLab } from './new-lab.ts';
import { importName, register, registerOnly } from './register.ts';

const root = join(import.meta.dirname, '../../..');
const list = readFileSync(join(root, 'src/checkers/index.ts'), 'utf8');

const plain = `import type { Lab } from './engine/lab.ts';
import first from './week9-2-first/index.ts';

/** Every lab there is. */
export const labs: readonly Lab[] = [first];

export function findLab() {}
`;

test.each(['week10-1-ecs', 'a', 'lab2', 'my-lab', '3-1-my-bucket', '10-week', '9'])('the id %s may name a lab', (id) => {
  expect(() => checkLabId(id)).not.toThrow();
});

test.each([
  ['', 'must be words of lower-case letters'],
  ['Week10', 'must be words of lower-case letters'],
  ['a--b', 'must be words of lower-case letters'],
  ['a-', 'must be words of lower-case letters'],
  ['../x', 'must be words of lower-case letters'],
  ['실습', 'must be words of lower-case letters'],
  ['a'.repeat(41), 'must have at most 40 characters'],
  ['con', 'is a name that Windows keeps for itself'],
  ['class', 'is a word of TypeScript'],
])('the id %j is refused', (id, message) => {
  expect(() => checkLabId(id)).toThrow(message);
});

test('the list of labs gains an import in its place and the lab at its end', () => {
  expect(register(plain, 'week10-1-ecs')).toBe(`import type { Lab } from './engine/lab.ts';
import first from './week9-2-first/index.ts';
import week101Ecs from './week10-1-ecs/index.ts';

/** Every lab there is. */
export const labs: readonly Lab[] = [first, week101Ecs];

export function findLab() {}
`);
});

test('a lab whose id begins with a digit is imported in its place, under a name of TypeScript', () => {
  const listed = register(
    plain.replace(/^import type.*\n/, (engine) => `import before from './before/index.ts';\n${engine}`),
    '3-1-my-bucket',
  );
  expect(listed).toMatch(/^import lab31MyBucket from '\.\/3-1-my-bucket\/index\.ts';\n/);
  expect(listed).toContain('= [first, lab31MyBucket];\n');
});

test('a list that grows long stays as the formatter writes it', () => {
  const ids = Array.from({ length: 12 }, (_, at) => `rather-long-lab-name-${at + 1}`);
  const long = ids.reduce(register, plain);
  expect(long).toContain(`= [\n  first,\n  ${importName(ids[0] ?? '')},\n`);
  expect(register(long, 'one-more')).toContain('\n  oneMore,\n];');
});

test('the list of labs without what was added is the list of before, whatever was added', () => {
  const ids = ['3-1-my-bucket', ...Array.from({ length: 12 }, (_, at) => `rather-long-lab-name-${at + 1}`)];
  expect(registerOnly(ids.reduce(register, plain), ['week9-2-first'])).toBe(plain);
  expect(registerOnly(register(plain, 'a'), ['a'])).toContain('= [a];\n');
  expect(() => registerOnly(plain.replace('[first]', 'all()'), [])).toThrow('no longer has a plain list');
});

test('a list of another shape is left to its author, and no name is imported twice', () => {
  expect(() => register(plain.replace('[first]', 'all()'), 'x')).toThrow('add the lab to it by hand');
  expect(() => register(plain.replace('[first]', '[first, ...others]'), 'x')).toThrow('add the lab to it by hand');
  expect(() => register(register(plain, 'a-1b'), 'a1b')).toThrow('already imports something called a1b');
});

test('the list of labs there is can be added to', () => {
  expect(register(list, 'new-one')).toContain("import newOne from './new-one/index.ts';\n");
});

test.each(['ko', 'ja', 'en'] as const)('a text in %s is one that the lint has nothing against', (language) => {
  using project = temporaryFolder({ 'src/checkers/index.ts': plain });
  cpSync(join(root, 'templates'), join(project.path, 'templates'), { recursive: true });
  const written = newLab(project.path, 'a-lab', language);
  expect(written.filter((path) => path.startsWith('src/content'))).toEqual(
    [`src/content/labs/a-lab/${language}.md`, 'src/content/labs/a-lab/files/README.md'].sort(),
  );
  const site = { labs: ['a-lab'], zips: [], isPublic: () => false };
  const lab = readLab(join(project.path, 'src/content/labs/a-lab'), { site });
  expect(lab.documents.map((document) => tasksOf(document).map(({ task }) => task))).toEqual([['task-1']]);
  expect(lintLab(lab, project.path)).toEqual([]);
});

test('a lab may have the id of the template, and none takes a folder that is there', () => {
  using project = temporaryFolder({ 'src/checkers/index.ts': plain, 'src/checkers/engine/lab.ts': '' });
  cpSync(join(root, 'templates'), join(project.path, 'templates'), { recursive: true });
  expect(newLab(project.path, 'my-lab')).toContain('src/content/labs/my-lab/ko.md');
  expect(() => newLab(project.path, 'engine')).toThrow('src/checkers/engine is already there: choose another id.');
});

test('a lab is written once, under its own id throughout, and never over another', () => {
  using project = temporaryFolder({ 'src/checkers/index.ts': plain });
  cpSync(join(root, 'templates'), join(project.path, 'templates'), { recursive: true });
  const written = newLab(project.path, 'week10-1-ecs');
  expect(written).toContain('src/content/labs/week10-1-ecs/ko.md');
  expect(written).toContain('src/content/labs/week10-1-ecs/files/README.md');
  expect(written).toContain('src/checkers/week10-1-ecs/student.ts');
  for (const path of written) expect(readFileSync(join(project.path, path), 'utf8')).not.toContain('my-lab');
  const registered = readFileSync(join(project.path, 'src/checkers/index.ts'), 'utf8');
  expect(() => newLab(project.path, 'week10-1-ecs')).toThrow('src/content/labs/week10-1-ecs is already there');
  rmSync(join(project.path, 'src/content/labs/week10-1-ecs'), { recursive: true });
  expect(() => newLab(project.path, 'week10-1-ecs')).toThrow('src/checkers/week10-1-ecs is already there');
  expect(readFileSync(join(project.path, 'src/checkers/index.ts'), 'utf8')).toBe(registered);
});
