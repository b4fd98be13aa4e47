/** What a state machine would do, read from its definition. */
export { type EnvironmentOverride, environmentOverrides, type InputValue, inputValue } from './input.ts';
export { type ReadStateMachine, type Retrier, readStateMachine, type ServiceCall, type State, type StateMachine } from './read.ts';
export { attemptsAfter, judgeRetry, type RetryJudgement } from './retry.ts';
