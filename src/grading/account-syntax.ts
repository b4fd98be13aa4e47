import { partitionOf } from '../aws/reader.ts';

/** The syntax of names in rosters and flags. Each pattern matches the whole text. */
export const ACCOUNT = /^\d{12}$/;
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;
/** Including its path, without a leading slash. */
export const ROLE_NAME = /^(?!\/)[\w+=,.@/-]{1,512}$/;
/** The rule of AssumeRole for `ExternalId`. */
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const ROLE_ARN = /^arn:aws(?:-[a-z]+)*:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** The account in a role ARN; `undefined` when the text is not one. */
export function accountOfRole(arn: string): string | undefined {
  return ROLE_ARN.exec(arn)?.[1];
}

export function roleArn(account: string, roleName: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role/${roleName}`;
}
