import { z } from 'zod';
import { type FactsOf, facts, flag, from, list, maybeText, text, textOrNone } from '../../facts.ts';

export const sourceFacts = facts({
  /** E.g. `CODECOMMIT`, `NO_SOURCE`. */
  type: text,
  /** Clone URL of the repository, or what the source type uses instead. */
  location: maybeText,
  /** A path in the source, inline YAML, or an S3 ARN. Unset: `buildspec.yml` in the root of the source. */
  buildspec: textOrNone,
});

const variableFacts = facts({
  name: text,
  value: z.string(),
  type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']).default('PLAINTEXT'),
})
  // Where a secret is kept is nobody's evidence.
  .transform((variable) => (variable.type === 'PLAINTEXT' ? variable : { ...variable, value: '' }));
/** The value is empty for all types but `PLAINTEXT`. */
export type EnvironmentVariable = FactsOf<typeof variableFacts>;

export const environmentFacts = facts({
  /** E.g. `LINUX_CONTAINER`. */
  type: text,
  image: text,
  computeType: text,
  privileged: from('privilegedMode', flag),
  variables: from('environmentVariables', list(variableFacts)),
});

const onUnlessSaid = maybeText.transform((status = 'ENABLED') => status === 'ENABLED');

export const projectFacts = facts({
  name: text,
  arn: text,
  source: sourceFacts,
  /** Branch, tag or commit, e.g. `refs/heads/main`; unset is the default branch. */
  sourceVersion: textOrNone,
  environment: environmentFacts,
  /** ARN of the role that builds run with. */
  serviceRole: text,
  logs: {
    cloudWatch: {
      /** On unless the project turned it off. */
      enabled: from('logsConfig.cloudWatchLogs.status', onUnlessSaid),
    },
  },
});
export type Project = FactsOf<typeof projectFacts>;
