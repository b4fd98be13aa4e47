/**
 * Every operation that a task calls x every fault of the wire, in every usual state of the account: no verdict may be wrong,
 * nothing may hang, nothing may crash. Prints a line per fault and, last, the count of cases. Arguments: only these labs.
 */
import Table from 'cli-table3';
import { labs } from '../src/checkers/index.ts';
import { FAULTS } from './faults/kinds.ts';
import { type Case, runMatrix, usualStates } from './faults/matrix.ts';

let crashes = 0;
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (trouble) => {
    crashes += 1;
    console.error(event, trouble);
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((id) => !labs.some((lab) => lab.id === id));
if (unknown !== undefined) {
  console.error(`"${unknown}" is not a lab; the labs are ${labs.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}
let seen = 0;
const cases = await runMatrix({
  labs: wanted.length === 0 ? labs : labs.filter(({ id }) => wanted.includes(id)),
  states: usualStates,
  onCase() {
    seen += 1;
    if (seen % 500 === 0) console.error(`${seen} cases so far`);
  },
});
const count = (of: readonly Case[], result: Case['result']) => of.filter((one) => one.result === result).length;

const table = new Table({ head: ['fault', 'cases', 'right', 'unknown', 'wrong', 'hang', 'crash'], style: { head: [] } });
for (const { name } of FAULTS) {
  const met = cases.filter(({ fault }) => fault === name);
  table.push([name, met.length, ...(['right', 'unknown', 'wrong', 'hang', 'crash'] as const).map((result) => count(met, result))]);
}
console.log(table.toString());
console.log(`Operations: ${[...new Set(cases.map(({ operation }) => operation))].sort().join(', ')}`);
const bad = cases.filter(({ result }) => result !== 'right' && result !== 'unknown');
for (const { lab, task, state, operation, fault, result, detail = '' } of bad.slice(0, 50)) {
  console.log(`${result}: ${lab}/${task} ${state}, ${operation} ${fault}: ${detail}`);
}
const whole = count(cases, 'crash') + crashes;
console.log(`${cases.length} cases: ${count(cases, 'wrong')} wrong verdicts, ${count(cases, 'hang')} hangs, ${whole} crashes.`);
process.exit(bad.length + crashes === 0 ? 0 : 1);
