import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use on the heap, after everything that nobody holds is gone. */
export function heapInUse(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

export const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
