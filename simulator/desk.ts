import { refuse, type Answer, type JsonObject } from './answers';
import { COMMANDS } from './commands/commands';
import { contactedUser, contactUserDoing, readWish } from './commands/contactUser';
import { receiverOf } from './commands/messages';
import { askedUser } from './commands/sessions';
import { createContacting } from './contacting';
import { admit, commandOf, type Admitted, type Guards, type IncomingRequest } from './gate';
import type { Journal } from './journal';
import { play, type Delivery } from './play';
import type { Script } from './script';
import type { App } from './world';

export interface Served {
	/** The command, or `unknown`: a path is not logged, it may hold anything. */
	command: string;
	userId: string | null;
	delivery: Delivery;
}

const plainly = (answer: Answer): Delivery => ({ answer, fault: null, delayMs: 0 });

const userOfRefused = (command: string, text: string): string | null => {
	if (command !== 'contact_user') return null;
	try {
		return contactedUser(JSON.parse(text) as JsonObject);
	} catch {
		return null;
	}
};

/** Desk itself, without HTTP: a request in, the answer and the way it is to leave out. */
export const createDesk = (guards: Guards, journal: Journal, script: Script) => {
	const { world, now } = guards;
	const contacting = createContacting(world, journal, now);

	const contactUser = (app: App, body: JsonObject): Delivery => {
		const read = readWish(body, world);
		if ('refusal' in read) return plainly(read.refusal);
		const step = script.next('contact_user', read.fields.userId);
		return play(step, contactUserDoing(app, read.fields, contacting));
	};

	const sessionState = (body: JsonObject, answer: () => Answer): Delivery => {
		const userId = askedUser(body, world);
		const step = userId === null ? undefined : script.next('get_session_state', userId);
		return play(step, { decide: answer, force: answer, pretend: answer });
	};

	const run = (command: string, { app, body }: Admitted): Delivery => {
		if (command === 'contact_user') return contactUser(app, body);
		const known = COMMANDS.get(command);
		if (known === undefined) return plainly(refuse(60009));
		const answer = () =>
			known(body, world, (message) => journal.deliver({ at: now(), ...message }));
		return command === 'get_session_state' ? sessionState(body, answer) : plainly(answer());
	};

	const userOf = (command: string, body: JsonObject): string | null => {
		if (command === 'contact_user') return contactedUser(body);
		return (command === 'send_msg' ? receiverOf(body) : null) ?? askedUser(body, world);
	};

	return (request: IncomingRequest): Served => {
		const asked = commandOf(request.url) ?? '';
		const command = asked === 'contact_user' || COMMANDS.has(asked) ? asked : 'unknown';
		const admission = admit(request, guards);
		if ('refusal' in admission) {
			const userId = userOfRefused(command, request.body);
			return { command, userId, delivery: plainly(admission.refusal) };
		}
		const { body } = admission;
		return { command, userId: userOf(command, body), delivery: run(asked, admission) };
	};
};

export type Desk = ReturnType<typeof createDesk>;
