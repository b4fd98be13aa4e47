import { defineMoves } from '../core/index.ts';
import { messages } from './messages/index.ts';

export const moves = defineMoves(messages, []);
