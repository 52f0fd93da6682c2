import { refuse, succeed, type Answer, type JsonObject } from './answers';
import { COMMANDS } from './commands/commands';
import { contactedUser, contactUserDoing, readWish } from './commands/contactUser';
import { receiverOf } from './commands/messages';
import type { Office } from './commands/command';
import { askedUser } from './commands/sessionStates';
import { createContacting } from './contacting';
import { admit, commandOf, type Admitted, type Guards, type IncomingRequest } from './gate';
import type { Journal } from './journal';
import { createLife } from './life';
import { play, type Delivery } from './play';
import type { Script } from './script';
import type { Sessions } from './sessions';
import type { Timers } from './timers';
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

/** Commands that change something: a fault without its commit leaves that undone. */
const WRITING = new Set([
	...['send_msg', 'end_session', 'transfer_to_human', 'set_member_status'],
	...['transfer_session', 'end_queuing', 'mark_session'],
]);

const subjectOf = ({ SessionId, SessionID, MemberMail }: JsonObject): string =>
	String(SessionId ?? SessionID ?? MemberMail);

export interface DeskParts {
	guards: Guards;
	journal: Journal;
	script: Script;
	sessions: Sessions;
	timers: Timers;
}

/** Desk itself, without HTTP: a request in, the answer and the way it is to leave out. */
export const createDesk = ({ guards, journal, script, sessions, timers }: DeskParts) => {
	const { world, now } = guards;
	const live = createLife(sessions, timers.schedule);
	const contacting = createContacting({ world, journal, sessions, onContact: live, now });
	const office: Office = {
		...{ world, sessions, now },
		deliver: (message) => journal.deliver({ at: now(), ...message }),
	};

	const contactUser = (app: App, body: JsonObject): Delivery => {
		const read = readWish(body, world);
		if ('refusal' in read) return plainly(read.refusal);
		const step = script.next('contact_user', read.fields.userId);
		return play(step, contactUserDoing(app, read.fields, contacting));
	};

	const run = (command: string, { app, body }: Admitted): Delivery => {
		if (command === 'contact_user') return contactUser(app, body);
		const known = COMMANDS.get(command);
		if (known === undefined) return plainly(refuse(60009));
		const answer = (): Answer => known(body, office);
		const change = (): Answer => {
			const said = answer();
			// Messages have a list of their own, in which a repeat leaves nothing.
			const isDone = said.ErrorCode === 0 && command !== 'send_msg';
			if (isDone) journal.change({ at: now(), command, of: subjectOf(body) });
			return said;
		};
		const isWriting = WRITING.has(command);
		const decide = isWriting ? change : answer;
		const pretend = isWriting ? () => succeed() : answer;
		const step = script.next(command, askedUser(body, world));
		return play(step, { decide, force: decide, pretend });
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
