import { defineMoves, edited, failedCommand, OTHER_ACCOUNT, type PracticeAccount } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { BUILDSPEC, DEFINITIONS, EVENT_LOG_GROUP, GITHUB_PLACEHOLDER, ISSUER, LOG_POLICY, NAME, ROLES, TAG } from './names.ts';
import {
  BUILD_POLICY,
  BUILD_ROLE_TRUST,
  BUILDSPEC_YML,
  EVENT_PATTERN,
  GITHUB_ROLE_TRUST,
  LIFECYCLE_POLICY,
  LOGIN_POLICY,
  PULL_ROLE_TRUST,
  PUSH_POLICY_JSON,
  REPOSITORY_POLICY,
} from './practice-files.ts';
import {
  allowLogin,
  changeProject,
  cleanUp,
  connectCi,
  createRepository,
  deliver,
  environment,
  integrate,
  type Leftover,
  monitor,
  own,
  place,
  pushImage,
  pushLatest,
  pushPolicyArn,
  pushSource,
  putRule,
  putTarget,
  setLifecycle,
  setPolicies,
  setPolicy,
  source,
  startBuild,
  startOver,
  watch,
} from './practice-student.ts';

/** The lifecycle policy of the lab with one thing changed. */
const lifecycle = (from: string, to: string) => JSON.parse(edited(LIFECYCLE_POLICY, from, to));

const PRINTF = /^ +- printf .*$/m;
const pushBuildspec = (account: PracticeAccount, from: string | RegExp, to: string) =>
  pushSource(account, { [BUILDSPEC]: edited(BUILDSPEC_YML, from, to) });

/** The role of GitHub Actions with another trust policy, made from the lab's. */
function trustGithub(account: PracticeAccount, change: (text: string) => string): void {
  const text = change(GITHUB_ROLE_TRUST);
  const trust = text.includes(GITHUB_PLACEHOLDER) ? JSON.parse(text.replaceAll('123456789012', account.id)) : own(account, text);
  account.iam.updateAssumeRolePolicy(ROLES.github, trust);
}

const OWN = GITHUB_PLACEHOLDER;
const asOwn = (text: string) => edited(text, OWN, 'my-name/my-application');
const SUBJECT = `,\n          "${ISSUER}:sub": "repo:my-name/my-application:ref:refs/heads/main"`;
const AUDIENCE_LINE = new RegExp(`"${ISSUER.replaceAll('.', '\\.')}:aud": "sts\\.amazonaws\\.com",\\s*`);

/** A new version of the push policy. */
function changePushPolicy(account: PracticeAccount, document: object): void {
  account.iam.createPolicyVersion(pushPolicyArn(account), document);
}

/** Everything of task 5 but its build. */
function unbuilt(account: PracticeAccount): void {
  startOver(account, 4);
  connectCi(account);
}

function cleanedBut(account: PracticeAccount, keep: Leftover): void {
  startOver(account, 6);
  cleanUp(account, keep);
}

/** What students do in this lab, right and wrong, in the order of its tasks. */
export const moves = defineMoves(messages, [
  { id: 'create-repository', task: 'task-1', kind: 'solve', play: createRepository },
  {
    id: 'repository-misnamed',
    task: 'task-1',
    kind: 'mistake',
    check: 'repository',
    says: 'repositoryMisnamed',
    play(account) {
      startOver(account, 0);
      createRepository(account, {}, 'my-aplication');
    },
  },
  {
    id: 'encryption-default',
    task: 'task-1',
    kind: 'mistake',
    check: 'encryption',
    says: 'encryptionOther',
    play(account) {
      startOver(account, 0);
      createRepository(account, { encryptionType: 'AES256' });
    },
  },
  {
    id: 'scan-off',
    task: 'task-1',
    kind: 'mistake',
    check: 'scanning',
    says: 'scanOff',
    play: (account) => place(account).ecr.updateRepository(NAME, { scanOnPush: false }),
  },

  { id: 'push-latest', task: 'task-2', kind: 'solve', play: pushLatest },
  {
    id: 'other-tag',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-pushed',
    says: 'imageOtherTag',
    play(account) {
      startOver(account, 1);
      pushImage(account, 'v1');
    },
  },
  {
    id: 'pushed-before-scanning',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-scanned',
    says: 'scanMissing',
    play(account) {
      startOver(account, 0);
      createRepository(account, { scanOnPush: false });
      pushLatest(account);
    },
  },
  {
    id: 'manifest-list',
    task: 'task-2',
    kind: 'mistake',
    check: 'image-scanned',
    says: 'scanUnsupported',
    play: (account) => scanAs(account, 'UNSUPPORTED_IMAGE'),
  },
  {
    id: 'scan-running',
    task: 'task-2',
    kind: 'moment',
    check: 'image-scanned',
    says: 'scanRunning',
    play: (account) => scanAs(account, 'IN_PROGRESS'),
  },
  {
    id: 'scan-failed',
    task: 'task-2',
    kind: 'moment',
    check: 'image-scanned',
    says: 'scanEnded',
    play: (account) => scanAs(account, 'FAILED'),
  },

  { id: 'set-lifecycle', task: 'task-3', kind: 'solve', play: setLifecycle },
  {
    id: 'lifecycle-counts',
    task: 'task-3',
    kind: 'mistake',
    check: 'old-untagged-expire',
    says: 'lifecycleKeepsOld',
    play: (account) => setLifecycle(account, lifecycle('"sinceImagePushed",\n        "countUnit": "days"', '"imageCountMoreThan"')),
  },
  {
    id: 'lifecycle-too-early',
    task: 'task-3',
    kind: 'mistake',
    check: 'young-untagged-stay',
    says: 'lifecycleTooEarly',
    play: (account) => setLifecycle(account, lifecycle('"countNumber": 30', '"countNumber": 7')),
  },
  {
    id: 'lifecycle-any',
    task: 'task-3',
    kind: 'mistake',
    check: 'tagged-stay',
    says: 'lifecycleTakesTagged',
    play: (account) => setLifecycle(account, lifecycle('"untagged"', '"any"')),
  },
  {
    id: 'lifecycle-unknown',
    task: 'task-3',
    kind: 'moment',
    check: 'old-untagged-expire',
    says: 'undecidedLifecycle',
    play: (account) => setLifecycle(account, lifecycle('"sinceImagePushed"', '"sinceTheFuture"')),
  },

  { id: 'set-policies', task: 'task-4', kind: 'solve', play: setPolicies },
  {
    id: 'pull-role-for-another',
    task: 'task-4',
    kind: 'mistake',
    check: 'pull-role',
    says: 'trustMissing',
    play: (account) => account.iam.updateAssumeRolePolicy(ROLES.pull, JSON.parse(edited(PULL_ROLE_TRUST, 'ecs-tasks', 'ecs'))),
  },
  {
    id: 'login-on-repository',
    task: 'task-4',
    kind: 'mistake',
    check: 'pull-login',
    says: 'actionsMissing',
    play: (account) =>
      allowLogin(account, own(account, edited(LOGIN_POLICY, '"*"', `"arn:aws:ecr:ap-northeast-2:123456789012:repository/${NAME}"`))),
  },
  {
    id: 'login-conditional',
    task: 'task-4',
    kind: 'moment',
    check: 'pull-login',
    says: 'actionsUndecided',
    play: (account) =>
      allowLogin(
        account,
        own(
          account,
          edited(LOGIN_POLICY, '"Resource": "*"', '"Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}'),
        ),
      ),
  },
  {
    id: 'policy-not-set',
    task: 'task-4',
    kind: 'mistake',
    check: 'pull-allowed',
    says: 'policyMissing',
    play: (account) => setPolicy(account, undefined),
  },
  {
    id: 'pull-half',
    task: 'task-4',
    kind: 'mistake',
    check: 'pull-allowed',
    says: 'pullMissing',
    play: (account) => setPolicy(account, own(account, edited(REPOSITORY_POLICY, /"ecr:BatchGetImage",\s*/, ''))),
  },
  {
    id: 'pull-open',
    task: 'task-4',
    kind: 'mistake',
    check: 'pull-private',
    says: 'pullOpen',
    play: (account) => setPolicy(account, own(account, edited(REPOSITORY_POLICY, /\{ "AWS": "[^"]*" \}/, '"*"'))),
  },
  {
    id: 'policy-with-login',
    task: 'task-4',
    kind: 'mistake',
    check: 'policy-login',
    says: 'policyNamesLogin',
    play: (account) =>
      setPolicy(
        account,
        own(account, edited(REPOSITORY_POLICY, '"ecr:BatchGetImage",', '"ecr:GetAuthorizationToken", "ecr:BatchGetImage",')),
      ),
  },
  {
    id: 'push-other-account',
    task: 'task-4',
    kind: 'mistake',
    check: 'push-policy',
    says: 'actionsOtherAccount',
    play: (account) => changePushPolicy(account, JSON.parse(PUSH_POLICY_JSON.replaceAll('123456789012', OTHER_ACCOUNT))),
  },
  {
    id: 'push-denied',
    task: 'task-4',
    kind: 'mistake',
    check: 'push-policy',
    says: 'actionsDenied',
    play(account) {
      const { Statement, ...rest } = own(account, PUSH_POLICY_JSON);
      changePushPolicy(account, { ...rest, Statement: [...Statement, { Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }] });
    },
  },

  { id: 'integrate', task: 'task-5', kind: 'solve', play: integrate },
  {
    id: 'provider-missing',
    task: 'task-5',
    kind: 'mistake',
    check: 'oidc-provider',
    says: 'providerMissing',
    play: (account) => account.iam.deleteOpenIdConnectProvider(`arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`),
  },
  {
    id: 'provider-audience',
    task: 'task-5',
    kind: 'mistake',
    check: 'oidc-provider',
    says: 'audienceMissing',
    play(account) {
      account.iam.deleteOpenIdConnectProvider(`arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`);
      account.iam.createOpenIdConnectProvider({ url: `https://${ISSUER}`, clientIds: ['https://github.com/my-name'] });
    },
  },
  {
    id: 'github-anyone',
    task: 'task-5',
    kind: 'mistake',
    check: 'github-trust',
    says: 'githubAnyone',
    play: (account) => trustGithub(account, (text) => edited(asOwn(text), SUBJECT, '')),
  },
  {
    id: 'github-placeholder',
    task: 'task-5',
    kind: 'mistake',
    check: 'github-trust',
    says: 'githubPlaceholder',
    play: (account) => trustGithub(account, (text) => text),
  },
  {
    id: 'github-nobody',
    task: 'task-5',
    kind: 'mistake',
    check: 'github-trust',
    says: 'githubNobody',
    play: (account) => trustGithub(account, (text) => edited(asOwn(text), 'AssumeRoleWithWebIdentity', 'AssumeRole')),
  },
  {
    id: 'github-audience',
    task: 'task-5',
    kind: 'mistake',
    check: 'github-trust',
    says: 'githubAudience',
    play: (account) => trustGithub(account, (text) => edited(asOwn(text), AUDIENCE_LINE, '')),
  },
  {
    id: 'github-without-policy',
    task: 'task-5',
    kind: 'mistake',
    check: 'github-push',
    says: 'actionsMissing',
    play: (account) => account.iam.detachRolePolicy(ROLES.github, pushPolicyArn(account)),
  },
  {
    id: 'buildspec-missing',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'buildspecMissing',
    play: (account) => place(account).codecommit.remove(NAME, 'main', BUILDSPEC),
  },
  {
    id: 'definitions-missing',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsMissing',
    play: (account) => pushBuildspec(account, PRINTF, '      - echo done'),
  },
  {
    id: 'definitions-misnamed',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsMisnamed',
    play: (account) => pushBuildspec(account, `> ${DEFINITIONS}`, '> imageDefinitions.json'),
  },
  {
    id: 'definitions-detail',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-definitions',
    says: 'definitionsWrong',
    play: (account) => pushBuildspec(account, PRINTF, `      - printf '{"ImageURI":"%s"}' "$IMAGE_URI" > ${DEFINITIONS}`),
  },
  {
    id: 'definitions-by-make',
    task: 'task-5',
    kind: 'moment',
    check: 'image-definitions',
    says: 'undecidedDefinitions',
    play: (account) => pushBuildspec(account, PRINTF, '      - make definitions'),
  },
  {
    id: 'source-other',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-project',
    says: 'sourceOther',
    play: (account) => changeProject(account, { source: source('my-first-repo') }),
  },
  {
    id: 'not-privileged',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-project',
    says: 'notPrivileged',
    play: (account) => changeProject(account, { environment: environment(false) }),
  },
  {
    id: 'build-role-without-policy',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-push',
    says: 'actionsMissing',
    play: (account) => account.iam.detachRolePolicy(ROLES.build, pushPolicyArn(account)),
  },
  {
    id: 'other-build-role',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-push',
    says: 'actionsMissing',
    play(account) {
      account.iam.createRole({ name: 'another-build-role', trust: JSON.parse(BUILD_ROLE_TRUST) });
      account.iam.putRolePolicy('another-build-role', 'source-and-logs', own(account, BUILD_POLICY));
      changeProject(account, { serviceRole: `arn:aws:iam::${account.id}:role/another-build-role` });
    },
  },
  { id: 'no-build', task: 'task-5', kind: 'mistake', check: 'build-succeeded', says: 'noBuild', play: unbuilt },
  {
    id: 'build-failed',
    task: 'task-5',
    kind: 'mistake',
    check: 'build-succeeded',
    says: 'buildFailed',
    play(account) {
      unbuilt(account);
      startBuild(account, {
        failedPhase: failedCommand('POST_BUILD', 'docker push "$IMAGE_URI"'),
      });
    },
  },
  {
    id: 'build-running',
    task: 'task-5',
    kind: 'moment',
    check: 'build-succeeded',
    says: 'buildInProgress',
    play(account) {
      unbuilt(account);
      startBuild(account, { status: 'IN_PROGRESS' });
    },
  },
  {
    id: 'build-without-push',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-tagged',
    says: 'imageTagMissing',
    play(account) {
      unbuilt(account);
      startBuild(account);
    },
  },
  {
    id: 'image-by-hand',
    task: 'task-5',
    kind: 'mistake',
    check: 'image-tagged',
    says: 'imageTooOld',
    play(account) {
      unbuilt(account);
      pushImage(account, (place(account).codecommit.head(NAME, 'main') ?? '').slice(0, 7));
      account.clock.tick(60);
      startBuild(account);
    },
  },

  { id: 'monitor', task: 'task-6', kind: 'solve', play: monitor },
  {
    id: 'rule-disabled',
    task: 'task-6',
    kind: 'mistake',
    check: 'event-rule',
    says: 'ruleDisabled',
    play: (account) => putRule(account, { state: 'DISABLED' }),
  },
  {
    id: 'pattern-other',
    task: 'task-6',
    kind: 'mistake',
    check: 'event-rule',
    says: 'patternOther',
    play: (account) => putRule(account, { pattern: JSON.parse(edited(EVENT_PATTERN, 'ECR Image Action', 'ECR image action')) }),
  },
  {
    id: 'pattern-unknown',
    task: 'task-6',
    kind: 'moment',
    check: 'event-rule',
    says: 'undecidedPattern',
    play: (account) => putRule(account, { pattern: { source: ['aws.ecr'], detail: { 'image-digest': [{ prefix: 'sha256:' }] } } }),
  },
  {
    id: 'target-other',
    task: 'task-6',
    kind: 'mistake',
    check: 'event-target',
    says: 'targetMissing',
    play: (account) => putTarget(account, '/aws/ecr/repository'),
  },
  {
    id: 'log-group-missing',
    task: 'task-6',
    kind: 'mistake',
    check: 'event-target',
    says: 'logGroupMissing',
    play: (account) => place(account).logs.deleteLogGroup(EVENT_LOG_GROUP),
  },
  {
    id: 'delivery-missing',
    task: 'task-6',
    kind: 'mistake',
    check: 'log-delivery',
    says: 'deliveryMissing',
    play: (account) => place(account).logs.deleteResourcePolicy(LOG_POLICY),
  },
  {
    id: 'no-push-since',
    task: 'task-6',
    kind: 'mistake',
    check: 'events-arrived',
    says: 'noEvents',
    play(account) {
      startOver(account, 5);
      watch(account);
    },
  },
  {
    id: 'pushes-refused',
    task: 'task-6',
    kind: 'mistake',
    check: 'push-recorded',
    says: 'pushesRefused',
    play(account) {
      unrecorded(account);
      pushImage(account, 'v2', 'AccessDenied');
    },
  },
  { id: 'push-not-recorded', task: 'task-6', kind: 'moment', check: 'push-recorded', says: 'pushNotRecorded', play: unrecorded },

  {
    id: 'clean-up',
    task: 'cleanup',
    kind: 'solve',
    play: (account) => cleanUp(account),
  },
  ...(
    [
      ['rule', 'rule-left', 'rule-gone', 'ruleLeft'],
      ['project', 'project-left', 'project-gone', 'projectLeft'],
      ['source', 'source-left', 'source-gone', 'sourceRepositoryLeft'],
      ['repository', 'repository-left', 'repository-gone', 'repositoryLeft'],
      ['event-logs', 'event-logs-left', 'event-logs-gone', 'logGroupLeft'],
      ['build-logs', 'build-logs-left', 'build-logs-gone', 'logGroupLeft'],
      ['log-policy', 'log-policy-left', 'log-policy-gone', 'logPolicyLeft'],
      ['github-role', 'github-role-left', 'github-role-gone', 'roleLeft'],
      ['build-role', 'build-role-left', 'build-role-gone', 'roleLeft'],
      ['pull-role', 'pull-role-left', 'pull-role-gone', 'roleLeft'],
      ['push-policy', 'push-policy-left', 'push-policy-gone', 'pushPolicyLeft'],
    ] as const
  ).map(([keep, id, check, says]) => ({
    id,
    task: 'cleanup' as const,
    kind: 'mistake' as const,
    check,
    says,
    play: (account: PracticeAccount) => cleanedBut(account, keep),
  })),
]);

/** What the scan of the pushed image says instead. */
function scanAs(account: PracticeAccount, status: 'IN_PROGRESS' | 'FAILED' | 'UNSUPPORTED_IMAGE'): void {
  const { ecr } = place(account);
  const image = ecr.images(NAME).find(({ imageTags = [] }) => imageTags.includes(TAG));
  ecr.setScan(NAME, image?.imageDigest ?? '', { status });
}

/** Task 6 in an account whose event history shows no push yet. */
function unrecorded(account: PracticeAccount): void {
  account.wipe();
  createRepository(account);
  watch(account);
  deliver(account);
}
