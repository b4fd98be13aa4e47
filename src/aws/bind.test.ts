import { expect, test } from 'vitest';
import { actionsOf, bindReaders, type Memo, operationsOf } from './bind.ts';
import { defineReader } from './reader.test-support.ts';
import type { Caller } from './reader.ts';

const caller: Caller = {
  account: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  send: () => Promise.reject(new Error('not here')),
  ask: () => Promise.reject(new Error('not here')),
  at: (region) => ({ ...caller, region }),
};

function counted() {
  const asked: unknown[] = [];
  const reader = defineReader({
    name: 'test.echo',
    calls: ['test:Echo'],
    read: (aws, word: string, options: { loud?: boolean } = {}) => {
      asked.push([word, options]);
      return word === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve(`${aws.account} ${word}`);
    },
  });
  return { asked, reader };
}

test('a reader gets its caller and its arguments', async () => {
  const { echo } = bindReaders({ echo: counted().reader }, caller);
  expect(await echo('hi')).toBe('111122223333 hi');
});

test('the same question is asked once in a run, whoever asks', async () => {
  const { asked, reader } = counted();
  const memo: Memo = new Map();
  const one = bindReaders({ echo: reader }, caller, memo);
  const two = bindReaders({ again: reader }, caller, memo);
  expect(await Promise.all([one.echo('hi'), two.again('hi'), one.echo('ho'), one.echo('hi', { loud: true })])).toHaveLength(4);
  expect(asked).toEqual([
    ['hi', {}],
    ['ho', {}],
    ['hi', { loud: true }],
  ]);
});

test('a reader that asks another shares its answer with the run', async () => {
  const { asked, reader } = counted();
  const twice = defineReader({
    name: 'test.twice',
    calls: ['test:Echo'],
    read: async (aws, word: string) => `${await aws.ask(reader, word)} ${await aws.ask(reader, word)}`,
  });
  const memo: Memo = new Map();
  const { echo } = bindReaders({ echo: reader }, caller, memo);
  expect(await echo('hi')).toBe('111122223333 hi');
  expect(await bindReaders({ twice }, caller, memo).twice('hi')).toBe('111122223333 hi 111122223333 hi');
  expect(asked).toEqual([['hi', {}]]);
});

test('a question in another region is another question, and shared there too', async () => {
  const where = defineReader({ name: 'test.where', calls: ['test:Where'], read: async (aws) => aws.region });
  const afar = defineReader({
    name: 'test.afar',
    calls: ['test:Where'],
    read: async (aws) => [await aws.ask(where), await aws.at('eu-west-1').ask(where)],
  });
  const memo: Memo = new Map();
  expect(await bindReaders({ afar }, caller, memo).afar()).toEqual(['us-east-1', 'eu-west-1']);
  expect([...memo.keys()].filter((key) => key.includes('test.where'))).toHaveLength(2);
});

test('a failure is remembered for its run, not for the next', async () => {
  const { asked, reader } = counted();
  const run = bindReaders({ echo: reader }, caller);
  await expect(run.echo('bad')).rejects.toThrow('bad');
  await expect(run.echo('bad')).rejects.toThrow('bad');
  expect(asked).toHaveLength(1);
  await expect(bindReaders({ echo: reader }, caller).echo('bad')).rejects.toThrow('bad');
  expect(asked).toHaveLength(2);
});

test('operations and IAM actions follow from the readers', () => {
  const read = () => Promise.resolve(undefined);
  const list = [
    defineReader({ name: 's3.object', calls: ['s3:ListObjectsV2'], actions: ['s3:ListBucket'], read }),
    defineReader({ name: 'ecr.images', calls: ['ecr:DescribeImages'], read }),
    defineReader({ name: 'ecr.more', calls: ['ecr:DescribeImages'], read }),
  ];
  expect(operationsOf(list)).toEqual(new Set(['s3:ListObjectsV2', 'ecr:DescribeImages']));
  expect(actionsOf(list)).toEqual(['ecr:DescribeImages', 's3:ListBucket']);
});
