import { randomBytes } from 'node:crypto';

/** What n8n needs of the surrounding system. Nothing else is passed on: settings of an n8n that lives on this
 * machine would change what we test, and a secret of ours has no business there. */
const OF_THE_SYSTEM =
	/^(path|home|user|userprofile|appdata|localappdata|systemroot|windir|comspec|pathext|te?mp|tmpdir|lang|lc_.*|tz|https?_proxy|no_proxy|node_extra_ca_certs)$/i;

/** Modules of n8n that no test needs; `agents` is needed by one. */
export const OTHER_MODULES =
	'mcp-registry,instance-ai,agent-evals,chat-hub,mcp,workflow-builder,insights,instance-reporting';

/** n8n calls no server of its makers, with any of these. */
const SILENT = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_DISABLED_MODULES: `${OTHER_MODULES},agents`,
};

export interface InstancePlace {
	userFolder: string;
	port: number;
	runnersBrokerPort: number;
}

/** The environment of an n8n that lives in its own folder, on this machine only, and phones nobody. */
export function environmentOf(place: InstancePlace): NodeJS.ProcessEnv {
	const system = Object.entries(process.env).filter(([name]) => OF_THE_SYSTEM.test(name));
	return {
		...Object.fromEntries(system),
		...SILENT,
		NO_PROXY: ['127.0.0.1', 'localhost', process.env.NO_PROXY].filter(Boolean).join(','),
		N8N_USER_FOLDER: place.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_RUNNERS_BROKER_PORT: String(place.runnersBrokerPort),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		// The session cookie would need https otherwise.
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_PYTHON_ENABLED: 'false',
		N8N_LOG_OUTPUT: 'console,file',
	};
}
