import { defineLab } from '../engine/lab.ts';
import { REPOSITORY } from './student.ts';
import repository from './task-1-repository.ts';

export default defineLab({
  id: 'my-lab',
  region: 'ap-northeast-2',
  resources: [{ kind: 'image-repository', name: REPOSITORY }],
  tasks: [repository],
});
