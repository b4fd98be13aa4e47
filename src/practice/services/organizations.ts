import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { newAccountId } from '../account-id.ts';
import { refuse } from '../protocol/aws-error.ts';
import { answers, type Service } from '../service.ts';

const MANAGEMENT = newAccountId('practice organization');

/** Every account of the endpoint is a member of one organization; any of them may list it. */
export const organizations: Service<undefined> = {
  client: OrganizationsClient,
  paging: {
    token: 'NextToken',
    size: 20,
    badToken: () => refuse('InvalidInputException', 'You specified an invalid value for NextToken.'),
    limit: {
      member: 'MaxResults',
      most: 20,
      bad: () => refuse('InvalidInputException', 'You specified an invalid value for MaxResults: it is from 1 to 20.'),
    },
  },
  operations: [
    answers(ListAccountsCommand, (_input, { neighbours, page }) => {
      const sorted = neighbours.accounts().toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return page(sorted, (all) => ({
        Accounts: all.map(({ id }) => ({
          Id: id,
          Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-practice000/${id}`,
          Email: `${id}@practice.invalid`,
          Name: `practice-${id}`,
          Status: 'ACTIVE',
          State: 'ACTIVE',
          JoinedMethod: 'CREATED',
        })),
      }));
    }),
  ],
};
