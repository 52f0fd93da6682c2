import { readDirective } from '../../simulator/userIdDirectives';
import { codeOf, contact, failureOf, send, sessionOf, useSimulator } from './client';

const simulator = useSimulator();

const contacts = () => simulator().ledger.map(({ userId }) => userId);

describe('user ids that ask for a branch', () => {
	test.each([
		['answer-141012', { answer: 141012 }],
		['answer-0', { answer: 0 }],
		['answer-141012.7', { answer: 141012 }],
		['delay-250', { delayMs: 250 }],
		['delay-99999999', { delayMs: 600_000 }],
		['fault-reset', { fault: 'reset' }],
		['fault-half-body', { fault: 'halfBody' }],
		['fault-http502', { fault: 'http502' }],
		['fault-code-as-string', { fault: 'codeAsString' }],
		['fault-reset-commit', { fault: 'reset', commit: true }],
		['fault-half-body-commit.anna@example.com', { fault: 'halfBody', commit: true }],
		['fault-late-commit', { fault: 'lateCommit' }],
	])('%s', (userId, step) => {
		expect(readDirective(userId)).toEqual({ step, once: false, blind: false });
	});

	test('may end in -blind, -once and a dot with anything', () => {
		expect(readDirective('answer-60007-once')).toMatchObject({ once: true, blind: false });
		expect(readDirective('fault-hang-commit-blind-once.9')).toEqual({
			step: { fault: 'hang', commit: true },
			once: true,
			blind: true,
		});
	});

	test.each([
		'mia',
		'answer-',
		'answer-x',
		'answer--1',
		'delay-soon',
		'fault-',
		'fault-unheard-of',
		'my-answer-141012',
		'Answer-141012',
		'answer-141012@example',
		'',
	])('%j is an ordinary user', (userId) => {
		expect(readDirective(userId)).toBeNull();
	});

	test('answer what they ask for, every time', async () => {
		expect(await codeOf(simulator(), contact('answer-141012.7'))).toBe(141012);
		expect(await codeOf(simulator(), contact('answer-141012.7'))).toBe(141012);
		expect(contacts()).toEqual([]);
	});

	test('with -once only at the first request, then the state decides', async () => {
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(60007);
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(0);
		expect(await codeOf(simulator(), contact('answer-60007-once.2'))).toBe(60007);
		simulator().reset();
		expect(await codeOf(simulator(), contact('answer-60007-once'))).toBe(60007);
	});

	test('play transport faults, with and without a contact', async () => {
		expect(await failureOf(send(simulator(), contact('fault-reset.1')))).toBe('ECONNRESET');
		expect(contacts()).toEqual([]);
		expect(await failureOf(send(simulator(), contact('fault-reset-commit.1')))).toBe('ECONNRESET');
		expect(contacts()).toEqual(['fault-reset-commit.1']);
	});

	test('with -blind leave the session unreadable too', async () => {
		expect(await codeOf(simulator(), sessionOf('fault-reset-commit-blind'))).toBe(70500);
		expect(await codeOf(simulator(), sessionOf('fault-reset-commit'))).toBe(0);
	});

	test('give way to a plan', async () => {
		simulator().plan('answer-141012', { answer: 141013 });
		expect(await codeOf(simulator(), contact('answer-141012'))).toBe(141013);
		expect(await codeOf(simulator(), contact('answer-141012'))).toBe(141012);
	});
});
