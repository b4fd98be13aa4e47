import type { Bound } from '../../../aws/reader.ts';
import { cloudformation, type Stack } from '../../../aws/services/cloudformation.ts';
import type { Project } from '../../../aws/services/codebuild/project.ts';
import { codebuild, codebuildConsole } from '../../../aws/services/codebuild.ts';
import { codecommit, type Repository } from '../../../aws/services/codecommit.ts';
import { closest } from '../../engine/similar-names.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { lastStack, pastStackReads } from '../cloudformation/past-stack.ts';
import { codeCommitRepositoryOf } from './build-project.ts';
import { pastBuildReads } from './past-builds.ts';
import { fromPastBuild } from './past-project.ts';

export const projectReads = { project: codebuild.project, projectNames: codebuild.projectNames } as const;

export interface OfProject {
  readonly project: Project | undefined;
}

export interface OfBranch extends OfProject {
  readonly repository: Pick<Repository, 'defaultBranch'> | undefined;
}

export interface FoundProject extends OfProject {
  /** A project of another name that is the lab's own. Only looked for when there is none of the right name. */
  readonly namedOtherwise: string | undefined;
}

// The closest names only: an account may hold hundreds of projects that have nothing to do with the lab.
const MOST_CANDIDATES = 10;

/**
 * The project of a name, or one of nearly that name.
 * @param ownOnes tells the lab's own projects; only asked when there is none of the name
 */
export async function findProject(
  aws: Bound<typeof projectReads>,
  name: string,
  ownOnes: () => Promise<(project: Project) => boolean>,
): Promise<FoundProject> {
  const project = await aws.project(name);
  if (project !== undefined) return { project, namedOtherwise: undefined };
  const isOwn = await ownOnes();
  const others = await Promise.all(closest(name, await aws.projectNames(), MOST_CANDIDATES).map((other) => aws.project(other)));
  return { project: undefined, namedOtherwise: others.find((other) => other !== undefined && isOwn(other))?.name };
}

export const projectLink = ({ project }: OfProject, place: TaskContext) => project && codebuildConsole.project(place, project.name);

/** What checks of a project that exists have in common. */
export const ofProject = { after: 'project-exists', resource: ({ project }: OfProject) => project?.arn, console: projectLink } as const;

/** A project beside the outputs of the stack that made its source and its role. */
interface OfStack<Outputs> extends OfProject {
  readonly outputs: Outputs;
}

export const stackProjectReads = {
  stack: cloudformation.stack,
  ...projectReads,
  repository: codecommit.pushedRepository,
  ...pastStackReads,
  ...pastBuildReads,
} as const;

interface StackOfLab<Outputs> {
  readonly name: string;
  outputsOf(stack: Stack | undefined): Outputs;
  /** The name of the repository that the project builds. */
  sourceOf(outputs: Outputs): string | undefined;
}

/** What labs observe of a project whose source a stack made, and evidence from its builds: what was right follows from what the stack said. */
export function projectOfStack<Outputs>(project: string, { name: stack, outputsOf, sourceOf }: StackOfLab<Outputs>) {
  function observe(aws: Bound<typeof stackProjectReads>) {
    const outputs = aws.stack(stack).then(outputsOf);
    const found = findProject(aws, project, async () => {
      const source = sourceOf(await outputs);
      return (other) => source !== undefined && codeCommitRepositoryOf(other.source.location) === source;
    });
    const pair = Promise.all([aws.project(project), outputs]).then(([it, known]): OfStack<Outputs> => ({ project: it, outputs: known }));
    const branch = pair.then(async ({ project: it, outputs: known }): Promise<OfBranch> => {
      const source = sourceOf(known);
      return { project: it, repository: source === undefined ? undefined : await aws.repository(source) };
    });
    return { found, pair, branch };
  }
  const fromBuild = fromPastBuild(project, async (aws: Bound<typeof pastStackReads>) => outputsOf(await lastStack(aws, stack)));
  return { observe, fromBuild } as const;
}

type Named<Key extends string> = { readonly [K in Key]?: string | undefined };

/** How checks of a project find an output of the stack: in their fact, and in what is known of a stack that is gone. */
export const fromOutputs = <Key extends string>(key: Key) =>
  [({ outputs }: OfStack<Named<Key>>) => outputs[key], (known: Named<Key>) => known[key]] as const;
