const { readFileSync, writeFileSync } = require('node:fs');

let startedWith;
let decryptions = 0;
let isCounting = false;

/** Stands before and after the measured node, in n8n's own process: CPU time, peak memory, credentials decrypted. */
exports.Meter = class Meter {
	description = {
		displayName: 'Meter',
		name: 'meter',
		group: ['output'],
		version: 1,
		description: 'Benchmark only',
		defaults: { name: 'Meter' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'End', name: 'end', type: 'boolean', default: false }],
	};

	async execute() {
		countDecryptions();
		if (!this.getNodeParameter('end', 0)) {
			// 5 resets the peak (proc_pid_clear_refs(5)).
			if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
			startedWith = { cpu: process.cpuUsage(), decryptions };
			return [this.getInputData()];
		}
		const cpu = process.cpuUsage(startedWith.cpu);
		const json = {
			cpuMs: (cpu.user + cpu.system) / 1000,
			peakMiB: peakMiB(),
			decryptions: decryptions - startedWith.decryptions,
		};
		return [[{ json }]];
	}
};

function countDecryptions() {
	if (isCounting) return;
	isCounting = true;
	const { Credentials } = require('n8n-core');
	const { getData } = Credentials.prototype;
	Credentials.prototype.getData = function (...args) {
		decryptions++;
		return getData.apply(this, args);
	};
}

function peakMiB() {
	if (process.platform !== 'linux') return null;
	const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
	return Math.round(Number(kilobytes) / 1024);
}
