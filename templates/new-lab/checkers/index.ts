import { defineLab } from '../core/index.ts';
import { messages } from './messages/index.ts';
import { REGION } from './names.ts';
import { moves } from './practice.ts';
import repository from './task-1-repository.ts';

export default defineLab({
  id: 'my-lab',
  region: REGION,
  tasks: [repository],
  messages,
  moves,
});
