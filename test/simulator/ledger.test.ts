import { FAULT_NAMES, type FaultName } from '../../simulator/contract';
import {
	codeOf,
	contact,
	failureOf,
	send,
	sendAndLeave,
	sessionOf,
	until,
	useSimulator,
} from './client';

const simulator = useSimulator();

describe('the ledger under faults', () => {
	const TRUTHFUL: FaultName[] = [
		...(['gzip', 'wrongType', 'codeAsString', 'codeMissing', 'slowHeaders', 'big'] as const),
	];
	const OTHERS = FAULT_NAMES.filter((name) => !TRUTHFUL.includes(name) && name !== 'lateCommit');
	const brief = (fault: FaultName) => (fault === 'slowHeaders' ? { delayMs: 1 } : {});
	const SILENT: FaultName[] = ['hang', 'stalledBody'];
	const play = async (fault: FaultName, commit?: boolean) => {
		simulator().plan('mia', { fault, ...brief(fault), commit });
		if (SILENT.includes(fault)) return await sendAndLeave(simulator(), contact('mia'));
		return await send(simulator(), contact('mia')).catch(() => undefined);
	};
	const contacts = () => simulator().ledger.map(({ userId }) => userId);

	test.each(OTHERS)(
		'%s makes a contact only when told to, and then breaks all the same',
		async (fault) => {
			await play(fault);
			expect(contacts()).toEqual([]);
			expect(simulator().world.sessions.size).toBe(4);
			await play(fault, true);
			expect(contacts()).toEqual(['mia']);
			const { data } = await send(simulator(), sessionOf('mia'));
			expect(data).toMatchObject({ CurrentState: 'Agent' });
		},
	);

	test.each(TRUTHFUL)(
		'%s makes the contact when the state allows it, and says so when told not to',
		async (fault) => {
			const answer = await play(fault, false);
			expect(contacts()).toEqual([]);
			expect(answer).toMatchObject({ status: 200 });
			expect(JSON.stringify(answer?.data)).toContain('"ActionStatus":"FAIL"');
			await play(fault);
			await play(fault);
			expect(contacts()).toEqual(['mia']);
		},
	);

	test('a blind second send stands in the ledger as a second contact', async () => {
		simulator().plan('mia', { fault: 'reset', commit: true }, { fault: 'reset', commit: true });
		await failureOf(send(simulator(), contact('mia')));
		await failureOf(send(simulator(), contact('mia')));
		expect(contacts()).toEqual(['mia', 'mia']);
	});
});

describe('lateCommit', () => {
	const stateOf = async () => (await send(simulator(), sessionOf('mia'))).data.CurrentState;

	test('makes the contact after its delay, although the caller has long gone and was contacted by another', async () => {
		simulator().plan('mia', { fault: 'lateCommit', delayMs: 1500 });
		await sendAndLeave(simulator(), contact('mia'));
		expect([simulator().ledger.length, await stateOf()]).toEqual([0, 'NotInSession']);
		expect(await codeOf(simulator(), contact('mia'))).toBe(0);
		await until(() => simulator().ledger.length === 2);
		expect(await stateOf()).toBe('Agent');
	});

	test('is forgotten by a reset', async () => {
		simulator().plan('mia', { fault: 'lateCommit', delayMs: 200 });
		await sendAndLeave(simulator(), contact('mia'));
		simulator().reset();
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(simulator().ledger).toEqual([]);
	});
});
