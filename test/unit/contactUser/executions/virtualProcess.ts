import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { DeskCall, DeskContext } from '../../../../nodes/shared/desk/callDesk';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { liveBy } from '../../nodeClock';
import { createVirtualClock, firesEarly, type VirtualClock } from '../../virtualClock';

/** Answers a call as Desk would, on the virtual clock. */
export type VirtualDesk = (call: DeskCall, executionId: string) => Promise<DeskReply>;

/** One n8n process whose time is virtual: the node's code keeps what it keeps between executions, as in a real one. */
let time: VirtualClock = createVirtualClock();
let desk: VirtualDesk = async () => {
	throw new Error('There is no Desk');
};

export async function callDesk(context: DeskContext, call: DeskCall): Promise<DeskReply> {
	return await desk(call, (context as IExecuteFunctions).getExecutionId());
}

/**
 * Time goes on from where the last scene left it, since the process is the same.
 * @param timersFireEarlyMs those of the node
 */
export async function playScene<Result>(
	timersFireEarlyMs: number,
	begin: (clock: VirtualClock) => { desk: VirtualDesk; scene: Promise<Result> },
): Promise<Result> {
	time = createVirtualClock(time.now());
	liveBy(firesEarly(time, timersFireEarlyMs));
	const begun = begin(time);
	({ desk } = begun);
	return await time.run(begun.scene);
}

/** Whom a call is about, and through which customer service account. */
export function partiesOf({ body }: { body: IDataObject }): { userId: string; account: string } {
	return {
		userId: String(body.ClientUserId),
		account: String(body.IMAgentUserId ?? body.CustomerServiceId),
	};
}
