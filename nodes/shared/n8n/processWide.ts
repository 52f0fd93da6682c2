import { sleep } from 'n8n-workflow';

import type { Clock } from '../sending/clock';
import { createRateLimiters } from '../sending/rateLimiters';

/** Milliseconds that never run backwards: setting the system's clock back must not stop a run. */
export const CLOCK: Clock = { now: () => performance.now(), sleep };

/** Tencent counts the requests of an application, so all runs of this n8n process share what may start. */
export const RATE_LIMITERS = createRateLimiters(CLOCK);
