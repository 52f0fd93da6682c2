import { AT_DEFAULTS } from './contenders';
import type { Desk } from './desk';
import type { Measure } from './measure';
import { markdown } from './table';
import { CONTACT, DONE, HANGS, LIMITED, MESSAGE, runVirtually } from './virtualWaits';

/** What holds up a run, or might: users who hang, and a limit that does not lift. */
interface Line {
	what: string;
	where: 'n8n' | 'virtual clock';
	figure: string;
}

const HANGING = 50;

export async function measureWaits(measure: Measure, desk: Desk): Promise<Line[]> {
	const lines: Line[] = [];
	const note = (where: Line['where'], what: string, figure: string) =>
		lines.push({ what, where, figure });

	const names = Array.from({ length: HANGING }, (_, n) => `fault-hang-commit.${n}`);
	const healthy = Array.from({ length: 500 }, (_, n) => `user-${n}`);
	await measure(AT_DEFAULTS, desk, [...names, ...healthy]);
	const requests = await desk.requests();
	const last = requests.filter(({ userId }) => userId?.startsWith('user')).at(-1);
	note(
		'n8n',
		'500 healthy users behind 50 that hang, at defaults',
		perSecond(healthy.length, ((last?.at ?? NaN) - requests[0].at) / 1000),
	);
	const limited = Array.from({ length: 50 }, (_, n) => `answer-60007.${n}`);
	// One goes through before the limit strikes, since what is measured behind the node wants an item.
	const { ms } = await measure(AT_DEFAULTS, desk, ['user-first', ...limited]);
	note(
		'n8n',
		'50 users, each request refused with 60007',
		`ends after ${(ms / 1000).toFixed(1)} s`,
	);

	for (const count of [500, 10_000]) {
		const { sentAt } = await runVirtually(HANGING + count, CONTACT, (n) =>
			n < HANGING ? HANGS : DONE,
		);
		note(
			'virtual clock',
			`${count} healthy users behind 50 that hang, at defaults`,
			perSecond(count, sentAt[HANGING + count - 1]),
		);
	}
	for (const count of [50, 10_000]) {
		const { seconds } = await runVirtually(count, CONTACT, () => LIMITED);
		note(
			'virtual clock',
			`${count} users, each request refused with 60007`,
			`ends after ${seconds.toFixed(1)} s`,
		);
	}
	const nodes = { 'Contact User': CONTACT, 'Message: Send': MESSAGE };
	for (const [node, delivery] of Object.entries(nodes)) {
		const { seconds } = await runVirtually(10_000, delivery, () => HANGS, HANGS);
		note(
			'virtual clock',
			`10000 users of a Desk that never answers, ${node}`,
			`ends after ${seconds.toFixed(1)} s`,
		);
	}
	return lines;
}

function perSecond(count: number, seconds: number): string {
	return `${Math.round(count / seconds)} healthy users a second, the last sent after ${seconds.toFixed(1)} s`;
}

export function waitsTable(lines: Line[]): string {
	const rows = lines.map(({ what, where, figure }) => [what, where, figure]);
	return markdown([['Run', 'Where', 'Figure'], ...rows]);
}
