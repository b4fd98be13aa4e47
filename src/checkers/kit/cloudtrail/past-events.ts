import { readers, type TrailEvent } from '../../../aws/index.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';

/** AWS keeps management events for 90 days. */
export const pastEventReads = { trail: readers.cloudtrail.lookUp } as const;

export const provenByEvent = ({ id, at }: TrailEvent, observed: Json): Evidence => ({ event: { at: at.toISOString(), id }, observed });
