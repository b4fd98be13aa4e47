import { buckets } from './answers/buckets.ts';
import { builds, pipelines, repositories } from './answers/code.ts';
import { images, services } from './answers/containers.ts';
import { logs, machines, rules } from './answers/flows.ts';
import { callers, roles } from './answers/identity.ts';
import { stacks } from './answers/stacks.ts';
import type { ForeignAccount } from './state.ts';
import { type Ask, type ForeignEndpoint, type Reply, serve } from './wire.ts';

type Answers = (ask: Ask, account: ForeignAccount) => Reply | undefined;

/** By the name that the service signs with. CloudTrail's history is nowhere. */
const REGIONAL: Readonly<Record<string, Answers>> = {
  cloudformation: stacks,
  codecommit: repositories,
  codebuild: builds,
  codepipeline: pipelines,
  ecr: images,
  ecs: services,
  states: machines,
  events: rules,
  logs,
};
const GLOBAL: Readonly<Record<string, Answers>> = { sts: callers, iam: roles, s3: buckets };

/**
 * An endpoint that speaks AWS's protocols and is not ours: it shares no code and no schema with the practice accounts. Its answers are
 * shaped as those of moto's server: times as text, `null` members, lists of what was found only, builds that were never run,
 * and a page of HTML with 500 for what it does not know.
 */
export const startForeign = (account: ForeignAccount): Promise<ForeignEndpoint> =>
  serve((ask) => {
    const here = ask.region === account.region ? account : { region: ask.region };
    return GLOBAL[ask.service]?.(ask, account) ?? REGIONAL[ask.service]?.(ask, here);
  });
