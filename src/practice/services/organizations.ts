import { ListAccounts$, type ListAccountsCommandInput, type ListAccountsCommandOutput } from '@aws-sdk/client-organizations';
import { newAccountId } from '../account-id.ts';
import { pageOf } from '../paging.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { operation, type Service } from '../protocol/operation.ts';

const PAGE = 20;
const MANAGEMENT = newAccountId('practice organization');

/** Every account of the endpoint is a member of one organization; any of them may list it. */
export const organizations: Service = {
  id: 'organizations',
  wire: { protocol: 'json', target: 'AWSOrganizationsV20161128' },
  operations: [
    operation<ListAccountsCommandInput, ListAccountsCommandOutput>(ListAccounts$, ({ NextToken, MaxResults }, { neighbours }) => {
      if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > PAGE)) {
        throw new AwsError('InvalidInputException', `You specified an invalid value for MaxResults: it is from 1 to ${PAGE}.`);
      }
      const sorted = neighbours.accounts().toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const badToken = () => new AwsError('InvalidInputException', 'You specified an invalid value for NextToken.');
      const { items, next } = pageOf(sorted, { of: 'ListAccounts', token: NextToken, size: PAGE, max: MaxResults, badToken });
      return {
        Accounts: items.map(({ id }) => ({
          Id: id,
          Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-practice000/${id}`,
          Email: `${id}@practice.invalid`,
          Name: `practice-${id}`,
          Status: 'ACTIVE',
          State: 'ACTIVE',
          JoinedMethod: 'CREATED',
        })),
        NextToken: next,
      };
    }),
  ],
};
