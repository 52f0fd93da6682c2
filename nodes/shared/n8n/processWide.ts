import { sleep } from 'n8n-workflow';

import type { Clock } from '../sending/clock';
import { createRateLimiters } from '../sending/rateLimiters';

/** Milliseconds that never run backwards: setting the system's clock back must not stop a run. */
export const CLOCK: Clock = { now: () => performance.now(), sleep };

/** When this process began, in Unix milliseconds and fractions of them: no two that share an execution have the same. */
export const PROCESS_ID = performance.timeOrigin;

/** Tencent counts the requests of an application, so all runs of this n8n process share what may start. */
export const RATE_LIMITERS = createRateLimiters(CLOCK);
