export const en = {
  tasks: { 'task-1': 'Create a repository' },
  checks: { 'scan-on-push': 'There is a repository that scans on push' },
  says: {
    repositoryMissing: 'There is no repository "{repository}" in {region}. Check the region and the name, and create it if you have not.',
    scanOff: 'The repository "{repository}" does not scan pushed images. Edit the repository and turn on Scan on push.',
  },
  moves: {
    'create-repository': 'Create the repository',
    'scan-off': 'Create the repository without scanning',
  },
} as const;
