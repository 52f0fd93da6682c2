// A chat model without network or key, to try the examples with an AI Agent: node examples/stub-model.mjs [port]
// It understands nothing: asked for a human, it calls the agent's tool, then tells the `message` of the answer.
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEFAULT_PORT = 7272;

/**
 * Answers as OpenAI's `POST /chat/completions` does, at once or streamed.
 *
 * @param {(request: any) => { say: string } | { callTool: Record<string, unknown> }} decide given the JSON of the
 * request: what the model says, or the arguments with which it calls its first tool
 * @returns {import('node:http').RequestListener}
 */
export function modelListener(decide) {
	return async (request, response) => {
		response.setHeader('content-type', 'application/json');
		try {
			if (request.method === 'GET') return response.end('{"data":[{"id":"stub"}]}');
			const asked = JSON.parse(await textOf(request));
			answer(asked, messageOf(decide(asked), asked), response);
		} catch (error) {
			// A status that n8n does not ask again after.
			response.writeHead(400).end(JSON.stringify({ error: { message: String(error) } }));
		}
	};
}

/** @param {any} request of a conversation with an AI Agent that has one tool */
export function handOver({ messages, tools }) {
	const last = messages.at(-1);
	if (last.role === 'tool') return { say: JSON.parse(last.content)[0].message };
	if (!/human|person|agent|someone/i.test(JSON.stringify(last.content))) {
		return { say: 'I am a stub and only know one thing: ask me for a human.' };
	}
	const fields = Object.keys(tools[0].function.parameters.properties);
	return { callTool: Object.fromEntries(fields.map((field) => [field, ''])) };
}

function answer(asked, message, response) {
	const finish_reason = message.tool_calls ? 'tool_calls' : 'stop';
	if (!asked.stream) {
		const choice = { index: 0, message, finish_reason };
		return response.end(JSON.stringify(completion('chat.completion', choice)));
	}
	response.setHeader('content-type', 'text/event-stream');
	for (const choice of [
		{ index: 0, delta: message, finish_reason: null },
		{ index: 0, delta: {}, finish_reason },
	]) {
		response.write(`data: ${JSON.stringify(completion('chat.completion.chunk', choice))}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}

function messageOf(turn, { messages, tools }) {
	if ('say' in turn) return { role: 'assistant', content: turn.say };
	const call = { name: tools[0].function.name, arguments: JSON.stringify(turn.callTool) };
	const tool_calls = [
		{ index: 0, id: `call_${messages.length}`, type: 'function', function: call },
	];
	return { role: 'assistant', content: null, tool_calls };
}

function completion(object, choice) {
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	return { id: 'stub', object, created: 0, model: 'stub', choices: [choice], usage };
}

async function textOf(request) {
	let text = '';
	for await (const chunk of request) text += chunk;
	return text;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	const port = Number(process.argv[2] ?? DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		console.error(`Usage: node examples/stub-model.mjs [port, default ${DEFAULT_PORT}]`);
		process.exit(1);
	}
	const server = createServer(modelListener(handOver));
	server.on('error', ({ message }) => {
		console.error(`${message}. Give another port: node examples/stub-model.mjs ${port + 1}`);
		process.exit(1);
	});
	server.listen(port, '127.0.0.1', () => {
		console.log(`Base URL for n8n's OpenAI credential: http://127.0.0.1:${port}/v1 (any API key)`);
	});
}
