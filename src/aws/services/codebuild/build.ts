import { z } from 'zod';
import { date, type FactsOf, facts, flag, from, list, maybeDate, maybeText, text } from '../../facts.ts';
import { environmentFacts, sourceFacts } from './project.ts';

const phaseFacts = facts({
  /** E.g. `PRE_BUILD`. */
  type: from('phaseType', text),
  /** Unset while the phase runs. */
  status: from('phaseStatus', maybeText),
  contexts: list(facts({ code: from('statusCode', maybeText), message: maybeText })),
});

export const buildFacts = facts({
  /** `<project>:<uuid>`. */
  id: text,
  arn: text,
  project: from('projectName', text),
  number: from('buildNumber', z.number().optional()),
  /** `SUCCEEDED`, `FAILED`, `FAULT`, `TIMED_OUT`, `IN_PROGRESS` or `STOPPED`. */
  status: from('buildStatus', text),
  currentPhase: maybeText,
  complete: from('buildComplete', flag),
  startedAt: from('startTime', date),
  endedAt: from('endTime', maybeDate),
  sourceVersion: maybeText,
  /** The commit that was built. Unset until the source has been downloaded. */
  resolvedSourceVersion: maybeText,
  source: sourceFacts.optional(),
  environment: environmentFacts,
  serviceRole: maybeText,
  buildspec: from('source.buildspec', maybeText),
  phases: list(phaseFacts),
  logs: { groupName: from('logs.groupName', maybeText) },
})
  // Some endpoints that speak AWS's protocol leave `buildComplete` false for ever; a final status says enough.
  .transform((build) => ({ ...build, complete: build.complete || build.status !== 'IN_PROGRESS' }));
/** A build with the settings it ran with, which may differ from the project's settings now. */
export type Build = FactsOf<typeof buildFacts>;
