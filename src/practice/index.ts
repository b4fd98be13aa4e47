export { createAccount, type PracticeAccount, type PracticeRegion } from './account.ts';
export { newAccountId } from './account-id.ts';
export type { PracticeEndpoint } from './endpoint.ts';
export { FAULT_KINDS, type FaultKind, type PracticeFault, parseFault } from './faults.ts';
export { startPractice } from './server.ts';
