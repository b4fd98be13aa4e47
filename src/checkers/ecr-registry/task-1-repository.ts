import {
  type Bound,
  blocked,
  closest,
  defineTask,
  type Evidence,
  failed,
  type ImageRepository,
  incomplete,
  type Json,
  type MadeRepository,
  matchesWildcards,
  notStarted,
  passed,
  pastEventReads,
  pastRepositories,
  provenByEvent,
  readers,
  type TaskContext,
  type Verdict,
} from '../core/index.ts';
import { messages, type Says } from './messages/index.ts';
import { NAME, OTHER_REGIONS } from './names.ts';

interface Found {
  readonly repository: ImageRepository | undefined;
  /** A repository whose name is nearly right. Only looked for when there is none of the right name. */
  readonly misnamed: string | undefined;
}

interface Scanned extends Found {
  /** Whether a rule of the registry scans pushes to this repository. */
  readonly byRegistry: boolean;
}

const isEncrypted = ({ encryption }: MadeRepository) => encryption?.startsWith('KMS') === true;

/** What the newest making of the repository proves, preferring one that proves everything. */
const fromCreation =
  (proves: (made: MadeRepository) => Json | undefined) =>
  async (aws: Bound<typeof pastEventReads>): Promise<Evidence | undefined> => {
    const made = await pastRepositories(aws, NAME);
    const best = made.find((one) => isEncrypted(one) && one.scanOnPush === true) ?? made[0];
    const observed = best && proves(best);
    return best === undefined || observed === undefined ? undefined : provenByEvent(best.event, observed);
  };

const reads = {
  repository: readers.ecr.repository,
  repositoryNames: readers.ecr.repositoryNames,
  scanning: readers.ecr.registryScanning,
  ...pastEventReads,
} as const;

/** What stays the same when marks, capitals and doubled letters are mistyped, or something is added at the end. */
const skeleton = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(.)\1+/g, '$1');
const isNear = (name: string) => skeleton(name).startsWith(skeleton(NAME));

/** Whether a filter of the registry, with `*` as wildcard, takes the repository. A filter without one takes every name that holds it. */
function takes(filter: string): boolean {
  return filter.includes('*') ? matchesWildcards(filter, NAME) : NAME.includes(filter);
}

function observe(aws: Bound<typeof reads>) {
  const found = aws.repository(NAME).then(async (repository): Promise<Found> => {
    const near = repository === undefined ? closest(NAME, (await aws.repositoryNames()).filter(isNear), 1)[0] : undefined;
    return { repository, misnamed: near };
  });
  const scanned = found.then(async (one): Promise<Scanned> => {
    // The registry is only asked when the repository itself does not say that pushes are scanned.
    const rules = one.repository && one.repository.scanOnPush !== true ? (await aws.scanning()).rules : [];
    const pushes = rules.filter(({ frequency }) => frequency !== 'MANUAL');
    return { ...one, byRegistry: pushes.some(({ repositories }) => repositories.some(takes)) };
  });
  return { found, scanned };
}

function judgeRepository({ repository, misnamed }: Found, { region }: TaskContext): Verdict<Says> {
  if (repository !== undefined) return passed();
  return misnamed === undefined
    ? notStarted(['repositoryMissing', { repository: NAME, region }])
    : failed(['repositoryMisnamed', { found: misnamed, expected: NAME }]);
}

const link = ({ repository }: Found, { console }: TaskContext) => (repository ? console.ecrRepository(NAME) : console.ecrRepositories());
const arn = ({ repository }: Found) => repository?.arn;

export default defineTask({
  id: 'task-1',
  messages,
  reads,
  observe,
  expectations: {
    found: [
      {
        id: 'repository',
        step: 8,
        expected: NAME,
        judge: judgeRepository,
        observed: ({ repository, misnamed }) => repository?.name ?? misnamed ?? null,
        resource: arn,
        console: link,
      },
      {
        id: 'encryption',
        step: 8,
        after: 'repository',
        expected: 'KMS',
        judge({ repository }) {
          if (repository === undefined) return blocked('repository');
          const found = repository.encryption ?? incomplete('ecr:DescribeRepositories', 'the encryption');
          // KMS_DSSE encrypts twice with the same kind of key.
          return found.startsWith('KMS') ? passed() : failed(['encryptionOther', { repository: NAME, found }]);
        },
        observed: ({ repository }) => repository?.encryption,
        resource: arn,
        console: link,
      },
    ],
    scanned: [
      {
        id: 'scanning',
        step: 8,
        after: 'repository',
        expected: true,
        judge({ repository, byRegistry }) {
          if (repository?.scanOnPush === true || byRegistry) return passed();
          if (repository?.scanOnPush === undefined) incomplete('ecr:DescribeRepositories', 'whether pushes are scanned');
          return failed(['scanOff', { repository: NAME }]);
        },
        observed: ({ repository, byRegistry }) => ({ scanOnPush: repository?.scanOnPush ?? null, byRegistry }),
        resource: arn,
        console: link,
      },
    ],
  },
  history: {
    repository: fromCreation(() => NAME),
    encryption: fromCreation((made) => (isEncrypted(made) ? made.encryption : undefined)),
    scanning: fromCreation(({ scanOnPush }) => scanOnPush || undefined),
  },
  elsewhere: {
    regions: OTHER_REGIONS,
    reads: ['repository'],
    find: { repository: async (aws) => (await aws.repository(NAME))?.arn },
  },
  publishes: {
    found: ({ repository }, { account, region }) =>
      repository === undefined ? {} : { AccountId: account, Region: region, RepositoryUri: repository.uri },
  },
});
