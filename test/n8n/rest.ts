/** n8n's REST API, as the editor uses it. */
export interface Rest {
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body: object): Promise<T>;
	delete(path: string): Promise<void>;
	patch<T>(path: string, body: object): Promise<T>;
	/** What n8n streams in answer, to its end. */
	stream<T>(path: string, body: object): Promise<T[]>;
}

/** Opens a session that keeps the cookie of the login. Answers are unwrapped from n8n's `{ data }`. */
export function openRest(baseUrl: string): Rest {
	let cookie = '';

	const ask = async (method: string, path: string, body?: object): Promise<string> => {
		const response = await fetch(baseUrl + path, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': 'tests', cookie },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
		}
		const cookies = response.headers.getSetCookie();
		if (cookies.length > 0) cookie = cookies.map((line) => line.split(';')[0]).join('; ');
		return text;
	};
	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const answer: unknown = JSON.parse(await ask(method, path, body));
		return isWrapped(answer) ? answer.data : answer;
	};

	return {
		get: async <T>(path: string) => (await call('GET', path)) as T,
		post: async <T>(path: string, body: object) => (await call('POST', path, body)) as T,
		delete: async (path: string) => void (await call('DELETE', path)),
		patch: async <T>(path: string, body: object) => (await call('PATCH', path, body)) as T,
		stream: async <T>(path: string, body: object) =>
			[...(await ask('POST', path, body)).matchAll(/^data: (.*)$/gm)].map(
				([, event]) => JSON.parse(event) as T,
			),
	};
}

function isWrapped(answer: unknown): answer is { data: unknown } {
	return typeof answer === 'object' && answer !== null && 'data' in answer;
}
