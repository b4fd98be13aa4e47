/** The bare name at the end of a role's ARN. */
export const roleName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);
