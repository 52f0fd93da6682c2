import { aiAgentHandOver } from './examples/aiAgentHandOver';
import { businessHoursBatch } from './examples/businessHoursBatch';
import { configurationAlert } from './examples/configurationAlert';
import { crmDealStage } from './examples/crmDealStage';
import { everyExample } from './examples/everyExample';
import { neverWrittenAsContacted } from './examples/neverWrittenAsContacted';
import { retryThenMessage } from './examples/retryThenMessage';
import { aiFrontDesk } from './examples/aiFrontDesk';
import { crmLoop } from './examples/crmLoop';
import { isAnybodyFree } from './examples/isAnybodyFree';
import { routeToDealOwner } from './examples/routeToDealOwner';
import { sessionEvents } from './examples/sessionEvents';
import { sessionToCrm } from './examples/sessionToCrm';
import { waitForOutcome } from './examples/waitForOutcome';
import type { Case } from './lab';

/** What `examples/` promises: each file can be imported as it is, and does what its notes say. */
export const examples: Case[] = [
	...everyExample,
	...crmDealStage,
	...retryThenMessage,
	...configurationAlert,
	...businessHoursBatch,
	...aiAgentHandOver,
	...aiFrontDesk,
	...crmLoop,
	...isAnybodyFree,
	...routeToDealOwner,
	...sessionEvents,
	...sessionToCrm,
	...waitForOutcome,
	...neverWrittenAsContacted,
];
