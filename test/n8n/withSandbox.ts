import { whenParentIsGone } from '../tools/parent.mjs';
import { openSandbox, type Sandbox } from './sandbox';

/**
 * Opens a sandbox for the length of `work`. It is closed however that ends: also when a person or a program
 * interrupts us, which then ends the process with 130.
 */
export async function withSandbox<T>(work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
	const sandbox = openSandbox();
	let interrupted = false;
	const interrupt = () => {
		if (interrupted) return;
		interrupted = true;
		console.error('\nStopping ...');
		void sandbox.close().finally(() => process.exit(130));
	};
	const stopWatching = onInterrupt(interrupt);
	try {
		return await work(sandbox);
	} catch (error) {
		// What was under way fails because its programs were stopped; nobody wants to read that.
		if (interrupted) await new Promise(() => {});
		throw error;
	} finally {
		stopWatching();
		await sandbox.close();
	}
}

function onInterrupt(interrupt: () => void): () => void {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	signals.forEach((signal) => process.on(signal, interrupt));
	const stopLooking = whenParentIsGone(interrupt);
	return () => {
		signals.forEach((signal) => process.off(signal, interrupt));
		stopLooking();
	};
}
