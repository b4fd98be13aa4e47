import { describe, expect, it } from 'vitest';
import type { PipelineAction } from '../../../aws/services/codepipeline.ts';
import { deliveriesOf, imageDefinitionsFile } from './pipeline.ts';

const action = (category: string, name: string, inputs: string[], outputs: string[], configuration = {}): PipelineAction => ({
  name,
  category,
  provider: { Source: 'CodeCommit', Build: 'CodeBuild', Deploy: 'ECS' }[category] ?? 'Manual',
  configuration,
  inputs,
  outputs,
});
const ways = (...stages: PipelineAction[][]) =>
  deliveriesOf(stages.map((actions, index) => ({ name: `stage ${index}`, actions }))).map(({ source, build, deploy }) =>
    [source, build, ...(deploy ? [deploy] : [])].map(({ name }) => name).join(' > '),
  );

describe('the ways through a pipeline', () => {
  const source = action('Source', 'source', [], ['code']);
  const build = action('Build', 'build', ['code'], ['image']);
  const deploy = action('Deploy', 'deploy', ['image'], []);

  it('from source to deployment', () => {
    expect(ways([source], [build], [deploy])).toEqual(['source > build > deploy']);
  });

  it('end at the build when nothing is deployed', () => {
    expect(ways([source], [build])).toEqual(['source > build']);
  });

  it('pass an approval, and actions between that hand on', () => {
    const test = action('Test', 'test', ['code'], ['tested']);
    expect(ways([source], [test], [action('Build', 'build', ['tested'], ['image'])], [action('Approval', 'ok', [], [])], [deploy])).toEqual(
      ['source > build > deploy'],
    );
  });

  it.each<[string, PipelineAction[][], string[]]>([
    [
      'the deployment gets the source instead of what was built',
      [[source], [build], [action('Deploy', 'deploy', ['code'], [])]],
      ['source > build'],
    ],
    ['the build gives nothing', [[source], [action('Build', 'build', ['code'], [])], [deploy]], ['source > build']],
    ['the build takes something else', [[source], [action('Build', 'build', ['other'], ['image'])], [deploy]], []],
    ['there is no build', [[source], [deploy]], []],
    ['there is nothing', [], []],
  ])('are broken where %s', (_, stages, expected) => {
    expect(ways(...stages)).toEqual(expected);
  });

  it('are as many as there are', () => {
    const second = action('Source', 'second', [], ['more']);
    const both = action('Build', 'both', ['code', 'more'], ['image']);
    const elsewhere = action('Deploy', 'elsewhere', ['image'], []);
    expect(ways([source, second], [both], [deploy, elsewhere])).toEqual([
      'source > both > deploy',
      'source > both > elsewhere',
      'second > both > deploy',
      'second > both > elsewhere',
    ]);
  });

  it('end although artifacts go in a circle', () => {
    expect(ways([source], [action('Build', 'a', ['code', 'y'], ['x']), action('Build', 'b', ['x'], ['y'])])).toEqual([
      'source > a',
      'source > b',
    ]);
  });
});

it.each([
  [{}, 'imagedefinitions.json'],
  [{ FileName: '' }, 'imagedefinitions.json'],
  [{ FileName: 'artifacts.json' }, 'artifacts.json'],
])('a deployment configured with %j reads %s', (configuration, file) => {
  expect(imageDefinitionsFile(action('Deploy', 'deploy', [], [], configuration))).toBe(file);
});
