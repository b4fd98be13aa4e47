/** Korean leads: what it says, and with which parameters, the other languages say too. */
export const ko = {
  tasks: { 'task-1': '리포지토리 만들기' },
  checks: { 'scan-on-push': '푸시할 때 스캔하는 리포지토리가 있습니다' },
  says: {
    repositoryMissing: '{region} 리전에 "{repository}" 리포지토리가 없습니다. 리전과 이름을 확인하고, 아직 만들지 않았다면 만듭니다.',
    scanOff: '"{repository}" 리포지토리가 푸시한 이미지를 스캔하지 않습니다. 리포지토리를 편집해 Scan on push를 켭니다.',
  },
  moves: {
    'create-repository': '리포지토리를 만듭니다',
    'scan-off': '스캔을 켜지 않고 리포지토리를 만듭니다',
  },
} as const;
