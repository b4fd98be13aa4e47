import { partitionOf } from '../aws/index.ts';

/** How AWS spells what a roster or a flag names. Each pattern matches the whole text. */
export const ACCOUNT = /^\d{12}$/;
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;
/** With its path, without a leading slash. */
export const ROLE_NAME = /^(?!\/)[\w+=,.@/-]{1,512}$/;
/** AssumeRole's own rule for `ExternalId`. */
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const ROLE_ARN = /^arn:aws(?:-[a-z]+)*:iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** The account a role ARN names, or undefined when it is not one. */
export function accountOfRole(arn: string): string | undefined {
  return ROLE_ARN.exec(arn)?.[1];
}

export function roleArn(account: string, roleName: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role/${roleName}`;
}
