import { defineLab } from '../engine/lab.ts';
import repository from './task-1-repository.ts';

export default defineLab({
  id: 'my-lab',
  region: 'ap-northeast-2',
  tasks: [repository],
});
