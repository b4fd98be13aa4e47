export { createAccount, type PracticeAccount, type PracticeRegion } from './account.ts';
export { newAccountId } from './account-id.ts';
export { FAULT_KINDS, type FaultKind, type PracticeFault, parseFault } from './faults.ts';
export { type PracticeEndpoint, startPractice } from './server.ts';
