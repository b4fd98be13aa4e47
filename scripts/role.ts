import { roleTemplate } from '../src/aws/role/template.ts';
// Prints the CloudFormation template of the read-only role that the checks use.
import { roleNeedsOf } from '../src/checkers/engine/role-needs.ts';
import { labs } from '../src/checkers/index.ts';
import { type Flags, type FlagValues, readFlags, usageOf } from './flags.ts';

const names = labs.map(({ id }) => id).join(', ');
const flags = {
  lab: {
    type: 'string',
    multiple: true,
    valueHint: 'LAB',
    description: `Only for this lab; may be given again (default: all of ${names})`,
  },
  principal: {
    type: 'string',
    valueHint: 'ARN',
    description: 'Who may assume the role: an account, or the ARN of a user or role (default: a parameter of the template)',
  },
  'external-id': { type: 'string', valueHint: 'ID', description: 'The ExternalId to demand (default: a parameter of the template)' },
  name: { type: 'string', valueHint: 'NAME', description: 'Name of the role (default: LabproofReadOnly)' },
  region: { type: 'string', valueHint: 'REGION', description: 'Where the labs are done (default: the region of each lab)' },
  help: { type: 'boolean', alias: 'h', description: 'Show this' },
} satisfies Flags;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<0 | 2> {
  try {
    const values = readFlags(flags, words);
    if (values.help) {
      const description = 'Prints a CloudFormation template of the read-only role that the checks look with.';
      process.stdout.write(`${await usageOf('npm run role --', description, flags)}\n`);
      return 0;
    }
    process.stdout.write(templateFor(values));
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    console.error(thrown.message.split('. ')[0]?.replace(/\.?$/, '.'));
    return 2;
  }
}

/** @throws Error in one sentence when a flag is wrong. */
function templateFor({ lab: wanted = [], principal, 'external-id': externalId, name, region }: FlagValues<typeof flags>): string {
  const unknown = wanted.find((id) => !labs.some((lab) => lab.id === id));
  if (unknown !== undefined) throw new Error(`--lab "${unknown}" is not a lab; the labs are ${names}.`);
  if (region !== undefined && !/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    throw new Error(`--region "${region}" is not a region; write it like ap-northeast-2.`);
  }
  const chosen = wanted.length === 0 ? labs : labs.filter(({ id }) => wanted.includes(id));
  return roleTemplate(
    chosen.map((lab) => roleNeedsOf(lab, region)),
    { ...(name !== undefined && { name }), ...(principal !== undefined && { principal }), ...(externalId !== undefined && { externalId }) },
  );
}
