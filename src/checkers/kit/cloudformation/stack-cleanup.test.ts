import { expect, test } from 'vitest';
import type { Stack } from '../../../aws/services/cloudformation.ts';
import { stackCleanup } from './stack-cleanup.ts';

const stack = (status: string, outputs: Stack['outputs'] = {}): Stack => ({
  name: 'lab',
  id: 'arn:aws:cloudformation:ap-northeast-2:123456789012:stack/lab/1',
  status,
  outputs,
  tags: {},
});

/** The cleanup of a lab with this stack, live or deleted, whose template calls its role `default-role`. */
function cleanupOf(found: Stack, failures = async (): Promise<[]> => []) {
  const deleted = found.status === 'DELETE_COMPLETE';
  const aws = {
    stack: async (asked: string) => (deleted && asked !== found.id ? undefined : found),
    deletedStacks: async () => (deleted ? [found] : []),
    failures,
    buildIds: async () => [],
    images: async () => undefined,
    imageRepository: async () => undefined,
  };
  const namesOf = (one: Stack | undefined) => ({ role: one?.outputs['Role'] ?? 'default-role' });
  return stackCleanup(aws, {}, { stack: 'lab', project: 'lab-build', namesOf });
}

test('a deleted stack still names what it made, and what was heard of the default name is not used', async () => {
  const asked: string[] = [];
  const left = await cleanupOf(stack('DELETE_COMPLETE', { Role: 'my-role' })).ofStack(async ({ role }) => {
    asked.push(role);
    return { name: role };
  });
  expect(asked).toEqual(['default-role', 'my-role']);
  expect(left).toMatchObject({ found: { name: 'my-role' }, stack: undefined });
  expect(left.done()).toBe(true);
});

test('trouble with the default name is no trouble with the right one', async () => {
  const { named } = cleanupOf(stack('DELETE_COMPLETE', { Role: 'my-role' }));
  expect(await named(async ({ role }) => (role === 'my-role' ? role : Promise.reject(new Error(role))))).toBe('my-role');
});

test('nothing that goes with a stack is asked for while that is there', async () => {
  const never = () => Promise.reject(new Error('asked'));
  expect(await cleanupOf(stack('CREATE_COMPLETE')).ofStack(never)).toMatchObject({
    found: undefined,
    stack: { status: 'CREATE_COMPLETE' },
  });
});

test('what keeps a stack is only asked when its deletion failed', async () => {
  const never = () => Promise.reject(new Error('asked'));
  expect(await cleanupOf(stack('CREATE_COMPLETE')).stackKeptBy(never)).toMatchObject({ keeper: undefined });
  expect(await cleanupOf(stack('DELETE_FAILED')).stackKeptBy(async () => 'images')).toMatchObject({ keeper: 'images' });
});

test('why a deletion failed is only what the check of the stack rests on', async () => {
  const { stackLeft, stackKeptBy } = cleanupOf(stack('DELETE_FAILED'), () => Promise.reject(new Error('denied')));
  expect(await stackLeft).toMatchObject({ stack: { status: 'DELETE_FAILED' } });
  await expect(stackKeptBy(async () => undefined)).rejects.toThrow('denied');
});
