import { cloudtrail, type TrailEvent } from '../../../aws/services/cloudtrail.ts';
import type { Evidence } from '../../engine/expectation.ts';
import type { Json } from '../../engine/result.ts';

/** AWS keeps management events for 90 days. */
export const pastEventReads = { trail: cloudtrail.lookUp } as const;

export const provenByEvent = ({ id, at }: TrailEvent, observed: Json): Evidence => ({ event: { at: at.toISOString(), id }, observed });
