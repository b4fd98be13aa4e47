import { AuthoringError } from '../markdown/read/authoring-error.ts';

/** The name of a lab's zip, or the front matter that gives it, is wrong: the lab has no zip, but may still be a page. */
export class ZipNameError extends AuthoringError {}
