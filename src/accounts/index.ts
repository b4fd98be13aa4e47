/** Finds the account of a visitor and checks it: the functions that the site's API calls. */
export { checkTask } from './check.ts';
export { accountMode } from './mode.ts';
export { isOwnHost } from './own-host.ts';
export { preflightLab } from './preflight.ts';
export { type Visitor, visitorOf } from './visitor.ts';
