import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { contactCommand } from '../nodes/ContactUser/contact';
import { sendMessage } from '../nodes/TencentDesk/operations/message';
import { work } from '../nodes/TencentDesk/work';
import { NOT_TRIED, type Ended } from '../nodes/shared/delivery/command';
import { deliver } from '../nodes/shared/delivery/deliver';
import { CLOCK } from '../nodes/shared/delivery/process';
import { DEFAULT_SETTINGS, forEachItem, openRun, type Line } from '../nodes/shared/delivery/run';
import { createVirtualClock } from '../test/unit/virtualClock';

/** What Desk answers, or nothing, and after how many milliseconds. */
interface Fate {
	answer?: IDataObject;
	tookMs: number;
}

export const DONE: Fate = { answer: { ActionStatus: 'OK', ErrorCode: 0 }, tookMs: 20 };
export const LIMITED: Fate = { answer: { ActionStatus: 'FAIL', ErrorCode: 60007 }, tookMs: 20 };
export const HANGS: Fate = { tookMs: 10_500 };
const WITH_AGENT = { ...DONE, answer: { ...DONE.answer, CurrentState: 'Agent' } };

export interface VirtualRun {
	/** Of virtual time, until the last item was done. */
	seconds: number;
	/** When each item was sent first, in seconds; none when it was never sent. */
	sentAt: number[];
}

/** It is no answer to a call, which sends nothing. */
const SEND = sendMessage as Parameters<typeof work>[1];

/** What is done for the user with this number. */
export type Delivery = (line: Line, index: number) => Promise<Ended>;

export const CONTACT: Delivery = async (line, index) =>
	await deliver(
		line,
		contactCommand(
			{ userId: String(index), customerServiceAccount: 'a', agentGroup: null, agent: null },
			'both',
		),
	);

export const MESSAGE: Delivery = async (line, index) => {
	const values = {
		...{ target: 'user', userId: String(index), customerServiceAccount: 'a' },
		...{ messageType: 'text', text: 'Hi' },
	};
	const scene = { nowMs: 0, timeZone: 'UTC', messageRandom: () => index };
	return (await work(line, SEND, values, scene, deliver)).ended;
};

let sdkAppId = 1_400_000_000;

/**
 * A run at defaults of so many users, all different, on a virtual clock and without n8n: hours take seconds.
 * @param fateOf what becomes of a request about a user; whoever hangs was contacted all the same, which a look shows
 */
export async function runVirtually(
	count: number,
	delivery: Delivery,
	fateOf: (index: number) => Fate,
	fateOfLook: Fate = WITH_AGENT,
): Promise<VirtualRun> {
	const clock = createVirtualClock(CLOCK.now());
	const startedAt = clock.now();
	const ownClock = { ...CLOCK };
	Object.assign(CLOCK, clock);
	const sentAt = new Array<number>(count);

	const httpRequestWithAuthentication = async (_type: string, { body }: { body: string }) => {
		const { ClientUserID, ToAccount } = JSON.parse(body) as Record<string, string | undefined>;
		const userId = ClientUserID ?? ToAccount;
		if (userId !== undefined) sentAt[Number(userId)] ??= (clock.now() - startedAt) / 1000;
		const { answer, tookMs } = userId === undefined ? fateOfLook : fateOf(Number(userId));
		await clock.sleep(tookMs);
		if (answer === undefined) throw Object.assign(new Error('No answer'), { code: 'ECONNABORTED' });
		return { statusCode: 200, headers: {}, body: JSON.stringify(answer) };
	};
	const context = { helpers: { httpRequestWithAuthentication } } as unknown as IExecuteFunctions;
	const account = { origin: 'https://desk.example', sdkAppId: sdkAppId++, adminUserId: 'a' };
	const credential = { account: { ...account, secretKey: 'k' }, data: {} };
	const records = Array.from({ length: count }, () => ({ ended: NOT_TRIED as Ended }));
	try {
		const run = openRun(context, DEFAULT_SETTINGS);
		await clock.run(
			forEachItem(run, records, async (item) => await delivery({ item, credential }, item.index)),
		);
	} finally {
		Object.assign(CLOCK, ownClock);
	}
	return { seconds: (clock.now() - startedAt) / 1000, sentAt };
}
