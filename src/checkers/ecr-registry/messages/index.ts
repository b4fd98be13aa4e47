import { defineMessages, type Saying } from '../../core/index.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';

/** Every text of this lab's checkers and moves. */
export const messages = defineMessages({ ko, ja, en });

/** What this lab's checks may say. */
export type Says = Saying<typeof ko>;
