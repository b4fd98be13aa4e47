import { ACCOUNT, type ForeignAccount, MADE } from '../state.ts';
import { type Ask, json, jsonError, type Reply } from '../wire.ts';

/** Step Functions: nothing runs, so an execution stays as it was begun. Lists do not say what type a state machine has. */
export function machines({ operation, input, region }: Ask, { machines: all = [] }: ForeignAccount): Reply | undefined {
  const arnOf = (name: unknown) => `arn:aws:states:${region}:${ACCOUNT}:stateMachine:${name}`;
  if (operation === 'ListStateMachines') {
    const listed = all.map(({ name }) => ({ creationDate: MADE, name, stateMachineArn: arnOf(name) }));
    return json({ stateMachines: listed, nextToken: null });
  }
  if (operation !== 'DescribeStateMachine' && operation !== 'ListExecutions') return undefined;
  const found = all.find(({ name }) => arnOf(name) === input['stateMachineArn']);
  if (found === undefined) return jsonError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${input['stateMachineArn']}'`);
  const stateMachineArn = arnOf(found['name']);
  if (operation === 'DescribeStateMachine') {
    const unset = { encryptionConfiguration: null, tracingConfiguration: null, loggingConfiguration: null };
    return json({ creationDate: MADE, stateMachineArn, status: 'ACTIVE', type: 'STANDARD', ...unset, ...found });
  }
  const executionArn = `arn:aws:states:${region}:${ACCOUNT}:execution:${found['name']}:one`;
  return json({ executions: [{ executionArn, name: 'one', startDate: MADE, stateMachineArn, status: 'RUNNING' }], nextToken: null });
}

/** EventBridge. */
export function rules({ operation, input, region }: Ask, { rules: all = [] }: ForeignAccount): Reply | undefined {
  const described = all.map(({ name, pattern }) => ({
    ...{ Name: name, Arn: `arn:aws:events:${region}:${ACCOUNT}:rule/${name}`, EventBusName: 'default', State: 'ENABLED' },
    ...{ CreatedBy: ACCOUNT, EventPattern: JSON.stringify(pattern) },
  }));
  const asked = input['Name'] ?? input['Rule'];
  const at = all.findIndex(({ name }) => name === asked);
  if (operation === 'ListRules') return json({ Rules: described, NextToken: null });
  if (operation !== 'DescribeRule' && operation !== 'ListTargetsByRule') return undefined;
  if (at === -1) return jsonError('ResourceNotFoundException', `Rule ${asked} does not exist.`);
  return json(operation === 'DescribeRule' ? described[at] : { Targets: [{ Id: 'logs', Arn: all[at]?.target }] });
}

/** CloudWatch Logs: every group has a stream. */
export function logs({ operation, input, region }: Ask, { logGroups = [], logPolicies = {} }: ForeignAccount): Reply | undefined {
  const arnOf = (name: string) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}:*`;
  const creationTime = Date.parse(MADE);
  switch (operation) {
    case 'DescribeLogGroups': {
      const begun = logGroups.filter((name) => name.startsWith(String(input['logGroupNamePrefix'] ?? '')));
      return json({
        logGroups: begun.map((name) => ({ arn: arnOf(name), creationTime, logGroupName: name, metricFilterCount: 0, storedBytes: 0 })),
      });
    }
    case 'DescribeLogStreams':
      if (!logGroups.includes(String(input['logGroupName'])))
        return jsonError('ResourceNotFoundException', 'The specified log group does not exist.');
      return json({ logStreams: [{ arn: 'arn', creationTime, logStreamName: 'one', storedBytes: 0 }], nextToken: null });
    case 'DescribeResourcePolicies':
      return json({
        resourcePolicies: Object.entries(logPolicies).map(([policyName, document]) => ({
          policyName,
          policyDocument: JSON.stringify(document),
          lastUpdatedTime: creationTime,
        })),
      });
    default:
      return undefined;
  }
}
