import { OPERATIONS, RESOURCES } from '../operations/operations';

const WORDS = Object.fromEntries(
	OPERATIONS.map(({ resource, operation, name }) => [
		`${resource} ${operation}`,
		`${RESOURCES.find(({ value }) => value === resource)?.name}: ${name}`,
	]),
);

/** Under the node on the canvas: resource and operation in the words of the editor. */
export const SUBTITLE = `={{ (${JSON.stringify(WORDS)})[$parameter.resource + " " + $parameter.operation] }}`;
