import { defineTask, failed, notStarted, passed, readers } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { REPOSITORY } from './names.ts';

export default defineTask({
  id: 'task-1',
  messages,
  reads: { repository: readers.ecr.repository },
  observe: (aws) => ({ repository: aws.repository(REPOSITORY) }),
  expectations: {
    repository: [
      {
        id: 'scan-on-push',
        step: 2,
        expected: true,
        judge(repository, { region }) {
          if (repository === undefined) return notStarted(['repositoryMissing', { repository: REPOSITORY, region }]);
          return repository.scanOnPush ? passed() : failed(['scanOff', { repository: REPOSITORY }]);
        },
        observed: (repository) => repository?.scanOnPush,
        resource: (repository) => repository?.arn,
        console: (repository, { console }) => (repository ? console.ecrRepository(repository.name) : console.ecrRepositories()),
      },
    ],
  },
});
