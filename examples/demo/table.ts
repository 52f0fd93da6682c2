import type { Row } from './exampleWorkflow';

const GAP = 2;
const NARROWEST_MESSAGE = 30;

/** The rows as a table at most `width` characters wide; advice stands under its message. */
export function tableOf(rows: Row[], width: number): string {
	const head = [['User', 'Output', 'Message']];
	const cells = rows.map(({ userId, output }) => [userId || '(empty)', output]);
	const [user, output] = [0, 1].map((column) =>
		Math.max(...[...head, ...cells].map((row) => row[column].length)),
	);
	const left = user + output + 2 * GAP;
	const messageWidth = Math.max(NARROWEST_MESSAGE, width - left);
	const lines = rows.flatMap(({ message, advice }, index) => {
		const texts = [...wrap(message, messageWidth), ...wrap(advice && `-> ${advice}`, messageWidth)];
		return texts.map((text, line) => [...(line === 0 ? cells[index] : ['', '']), text]);
	});
	const drawn = [...head, ...lines].map(([first, second, text]) =>
		[first.padEnd(user), second.padEnd(output), text].join(' '.repeat(GAP)),
	);
	const rule = '-'.repeat(Math.max(...drawn.map((line) => line.length)));
	return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

function wrap(text: string, width: number): string[] {
	return text.match(new RegExp(`.{1,${width}}(?= |$)|\\S+`, 'g'))?.map((line) => line.trim()) ?? [];
}
