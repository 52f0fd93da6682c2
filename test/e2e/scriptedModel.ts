import { strict as assert } from 'node:assert';

import { modelListener } from '../../examples/stub-model.mjs';
import { withServer } from './localServer';

/** What a chat model is asked, as far as tests read it: OpenAI's `POST /chat/completions`. */
export interface ModelRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: ModelTool }>;
	stream?: boolean;
}

interface ModelTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, unknown> };
}

/** One answer of the model: a text, or the arguments of a call of its first tool. */
export type Turn = { say: string } | { callTool: Record<string, unknown> };

/** Makes an answer of all that was asked. */
export type Decide = (request: ModelRequest) => Turn;

export interface ScriptedModel {
	/** For the Base URL of an OpenAI credential. */
	baseUrl: string;
	/** In the order they came. */
	requests: ModelRequest[];
}

/**
 * A chat model on 127.0.0.1, while `work` runs.
 * @param script one answer after another, beyond which n8n gets an error; or one for all
 */
export async function withScriptedModel<T>(
	script: Decide[] | Decide,
	work: (model: ScriptedModel) => Promise<T>,
): Promise<T> {
	const requests: ModelRequest[] = [];
	const decide: Decide = (request) => {
		const turn = requests.push(request) - 1;
		const next = Array.isArray(script) ? script[turn] : script;
		if (next === undefined) throw new Error('the script of the model is over');
		return next(request);
	};
	return await withServer(
		modelListener(decide),
		async (url) => await work({ baseUrl: `${url}/v1`, requests }),
	);
}

/** What the tool told the model last, as the items n8n made of it. */
export function toolResult({ messages }: ModelRequest): unknown {
	const content = messages.filter(({ role }) => role === 'tool').at(-1)?.content;
	if (typeof content !== 'string') throw new Error('the model was told nothing by a tool');
	return JSON.parse(content);
}

/** The one report that the tool told the model last. */
export function lastReport(request: ModelRequest): Record<string, string> {
	const items = toolResult(request) as Array<Record<string, string>>;
	assert.equal(items.length, 1, JSON.stringify(items));
	return items[0];
}

/** A model that believes its tool, and passes its sentence on word by word. */
export const passOn: Decide = (request) => ({ say: `Well. ${lastReport(request).message}` });
