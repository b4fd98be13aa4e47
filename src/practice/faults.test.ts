import { describe, expect, it } from 'vitest';
import { ArmedFaults, FAULT_KINDS, parseFault } from './faults.ts';

describe('parseFault', () => {
  it('reads a fault and fills in what may be left out', () => {
    for (const fault of FAULT_KINDS) {
      expect(parseFault({ operation: 'codebuild:BatchGetProjects', fault })).toEqual({
        ok: true,
        fault: { operation: 'codebuild:BatchGetProjects', fault, times: 1, latencyMs: 0 },
      });
    }
    expect(parseFault({ operation: '*', latencyMs: 50, times: 3 })).toEqual({
      ok: true,
      fault: { operation: '*', latencyMs: 50, times: 3 },
    });
  });

  it.each([
    [null, 'A fault is an object with "operation" and "fault".'],
    [[], 'A fault is an object with "operation" and "fault".'],
    [{ fault: 'hang' }, '"operation" is missing: write it as "codebuild:BatchGetProjects", or "*" for every operation.'],
    [
      { operation: 'BatchGetProjects', fault: 'hang' },
      '"operation" is spelled "service:Operation", e.g. "codebuild:BatchGetProjects", or "*" for every operation.',
    ],
    [{ operation: '*', fault: 'fire' }, '"fault" is one of throttle, denied, 5xx, html200, empty200, truncate, hang, expired.'],
    [{ operation: '*' }, '"fault" is missing: name one, or give "latencyMs".'],
    [{ operation: '*', fault: 'hang', times: 0 }, '"times" is a whole number from 1 to 1000.'],
    [{ operation: '*', fault: 'hang', times: 1.5 }, '"times" is a whole number from 1 to 1000.'],
    [{ operation: '*', fault: 'hang', latencyMs: -1 }, '"latencyMs" is a number of milliseconds from 0 to 60000.'],
    [{ operation: '*', fault: 'hang', latencyMs: '5' }, '"latencyMs" is a number of milliseconds from 0 to 60000.'],
    [{ operation: '*', fault: 'hang', time: 2 }, 'A fault has "operation", "fault", "times" and "latencyMs"; it has no "time".'],
  ])('tells what is wrong with %j', (json, problem) => {
    expect(parseFault(json)).toEqual({ ok: false, problems: [problem] });
  });
});

describe('ArmedFaults', () => {
  it('meets matching calls in the order armed, each as often as told', () => {
    const faults = new ArmedFaults();
    faults.arm({ operation: 'ecr:DescribeImages', fault: 'denied', times: 2 });
    faults.arm({ operation: '*', fault: 'hang' });
    const kinds = ['ecr:DescribeImages', 'iam:GetRole', 'ecr:DescribeImages', 'ecr:DescribeImages'].map((name) => faults.take(name)?.fault);
    expect(kinds).toEqual(['denied', 'hang', 'denied', undefined]);
  });

  it('is bounded', () => {
    const faults = new ArmedFaults();
    for (let at = 0; at < 101; at += 1) faults.arm({ operation: `ecr:Op${at}`, fault: 'hang' });
    expect(faults.take('ecr:Op0')).toBeUndefined();
    expect(faults.take('ecr:Op100')).toBeDefined();
  });
});
