import type { DeskReply } from '../../nodes/shared/desk/reply';

export const answer = (errorCode: number, body: Record<string, unknown> = {}): DeskReply => ({
	kind: 'answer',
	errorCode,
	errorInfo: '',
	body,
});

/** Answers to contact_user. */
export const done = answer(0, { MemberId: 'agent@example.com' });
export const timeOut: DeskReply = {
	kind: 'ambiguous',
	reason: 'The server did not answer in time',
};
export const noConnection: DeskReply = {
	kind: 'notSent',
	reason: 'The server refused the connection',
};
export const tooMany = (retryAfterMs?: number): DeskReply => ({
	kind: 'tooManyRequests',
	retryAfterMs,
});
export const busy = answer(141012);
export const alreadyWithAgent = answer(141016);
export const internalProblem = answer(141002);
export const wrongKey = answer(70009);

/** Answers to get_session_state. */
export const session = (CurrentState: string, AgentId?: string): DeskReply =>
	answer(0, { SessionId: 's-1', CurrentState, AgentId });
export const withAgent = session('Agent', 'agent@example.com');
export const noSession = session('NotInSession');
