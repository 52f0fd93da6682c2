import { OPERATIONS, RESOURCES } from '../operations/operations';

/** The canvas cuts a subtitle after some 28 characters. */
const SHORTER: Record<string, string> = { 'Customer Service Account': 'Service Account' };

const WORDS = Object.fromEntries(
	OPERATIONS.map(({ resource, operation, name }) => {
		const shown = RESOURCES.find(({ value }) => value === resource)?.name ?? '';
		return [`${resource} ${operation}`, `${SHORTER[shown] ?? shown}: ${name}`];
	}),
);

/** Under the node on the canvas: resource and operation in the words of the editor. */
export const SUBTITLE = `={{ (${JSON.stringify(WORDS)})[$parameter.resource + " " + $parameter.operation] }}`;
