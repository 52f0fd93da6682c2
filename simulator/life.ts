import { readLife } from './lifeDirectives';
import type { Sessions } from './sessions';
import type { Timers } from './timers';
import type { Session } from './world';

/** Lets the session of a contacted user go the way that the user id asks for. */
export const createLife = (sessions: Sessions, schedule: Timers['schedule']) => {
	return (session: Session): void => {
		const life = readLife(session.userId);
		if (life === null) return;
		const { answeredAfterMs, ended, rated } = life;
		let at = 0;
		if (answeredAfterMs !== undefined) {
			session.state = 'WaitingForAgentAnswering';
			at += answeredAfterMs;
			schedule(() => {
				if (session.state === 'WaitingForAgentAnswering') session.state = 'Agent';
			}, at);
		}
		if (ended !== undefined) {
			at += ended.afterMs;
			schedule(() => {
				if (session.state !== 'NotInSession') sessions.end(session, ended.by);
			}, at);
		}
		if (rated !== undefined) {
			schedule(() => sessions.rate(session, rated.rating), at + rated.afterMs);
		}
	};
};
