import type { INodeExecutionData } from 'n8n-workflow';

import type { VirtualClock } from '../../virtualClock';
import { createDesk, HEALTHY, type DeskPlan, type Sent } from './desk';
import { executeNode, type ExecutionSetup } from './execution';
import { playScene } from './virtualProcess';

/** How a run of the node ended. */
export type Ending = { outputs: INodeExecutionData[][] } | { error: unknown };

export interface Stage {
	clock: VirtualClock;
	/** Runs the node once. */
	run(setup: ExecutionSetup): Promise<Ending>;
	/** What was sent so far. */
	log: Sent[];
}

/** What is not said is healthy, and stays so. */
const NOTHING_SPECIAL: DeskPlan = {
	fateOf: () => HEALTHY,
	sessionFateOf: () => HEALTHY,
	closesAfterMs: () => 3_600_000,
	isAdmin: () => true,
	isTalking: () => false,
	afterAnswer: () => {},
};

/** The clock of the system: that of the process, moved by as much as somebody has set it. No spy, which would keep each call. */
export function setSystemClock(clock: VirtualClock, offsetMs: () => number): void {
	Date.now = () => 1_700_000_000_000 + Math.round(clock.now()) + offsetMs();
}

/** Plays executions of one process against a Desk, on a virtual clock. */
export async function onStage<Result>(
	planned: Partial<DeskPlan>,
	scene: (stage: Stage) => Promise<Result>,
	timersFireEarlyMs = 0,
): Promise<Result> {
	return await playScene(timersFireEarlyMs, (clock) => {
		const desk = createDesk(clock, { ...NOTHING_SPECIAL, ...planned });
		setSystemClock(clock, () => 0);
		const run = async (setup: ExecutionSetup): Promise<Ending> =>
			await executeNode(setup).then(
				(outputs) => ({ outputs }),
				(error: unknown) => ({ error }),
			);
		return { desk: desk.call, scene: scene({ clock, run, log: desk.log }) };
	});
}
