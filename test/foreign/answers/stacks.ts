import { ACCOUNT, type ForeignAccount, type ForeignStack, MADE } from '../state.ts';
import { type Ask, element, type Reply, xml, xmlError } from '../wire.ts';

const idOf = ({ name }: ForeignStack, region: string) => `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${name}/0a1b2c3d`;
const pairs = (list: Readonly<Record<string, string>>, key: string, value: string) =>
  Object.entries(list)
    .map(([name, held]) => `<member>${element(key, name)}${element(value, held)}</member>`)
    .join('');
const members = (list: readonly string[]) => list.map((one) => `<member>${one}</member>`).join('');

/** CloudFormation. A deleted stack is found by its id alone. */
export function stacks({ operation, input, region }: Ask, { stacks: all = [] }: ForeignAccount): Reply | undefined {
  const asked = input['StackName'];
  const isGone = ({ status }: ForeignStack) => status === 'DELETE_COMPLETE';
  const found = all.find((stack) => idOf(stack, region) === asked || (stack.name === asked && !isGone(stack)));
  if (operation === 'ListStacks') {
    const wanted = all.filter(({ status }) => status === input['StackStatusFilter.member.1']);
    const summary = (stack: ForeignStack) =>
      `${element('StackId', idOf(stack, region))}${element('StackName', stack.name)}${element('StackStatus', stack.status)}${element('CreationTime', MADE)}`;
    return xml(operation, `<StackSummaries>${members(wanted.map(summary))}</StackSummaries>`);
  }
  if (operation !== 'DescribeStacks' && operation !== 'DescribeStackEvents') return undefined;
  if (found === undefined) return xmlError('ValidationError', `Stack with id ${asked} does not exist`);
  const id = idOf(found, region);
  if (operation === 'DescribeStacks') {
    const { name, status, outputs, tags = {} } = found;
    return xml(
      operation,
      `<Stacks><member>${element('StackId', id)}${element('StackName', name)}${element('StackStatus', status)}${element('CreationTime', MADE)}` +
        `<Outputs>${pairs(outputs, 'OutputKey', 'OutputValue')}</Outputs><Tags>${pairs(tags, 'Key', 'Value')}</Tags></member></Stacks>`,
    );
  }
  const event = (status: string) =>
    `${element('StackId', id)}${element('EventId', `e-${status}`)}${element('StackName', found.name)}${element('LogicalResourceId', found.name)}` +
    `${element('PhysicalResourceId', id)}${element('ResourceType', 'AWS::CloudFormation::Stack')}${element('ResourceStatus', status)}${element('Timestamp', MADE)}`;
  const done = isGone(found) ? ['DELETE_COMPLETE', 'DELETE_IN_PROGRESS'] : [];
  return xml(operation, `<StackEvents>${members([...done, 'CREATE_COMPLETE', 'CREATE_IN_PROGRESS'].map(event))}</StackEvents>`);
}
