/** What keeps publish.yml from publishing as n8n and npm ask for it, in sentences. */
export function publishFaults(workflow: string): string[] {
	const needed: Array<[text: RegExp, otherwise: string]> = [
		[/^\s+tags: \['\*\.\*\.\*'\]$/m, 'does not start on a tag like 1.2.3'],
		[
			/^\s+npm publish --provenance --access public$/m,
			'does not publish with provenance, which n8n requires',
		],
		[/^\s+id-token: write$/m, 'may not sign the provenance (permission id-token: write)'],
		[
			/^\s+NPM_TOKEN: \$\{\{ secrets\.NPM_TOKEN \}\}$/m,
			'has no token way, which the first release of a new package needs',
		],
		[/release:check -- --tag "\$GITHUB_REF_NAME"/, 'does not check the tag before it publishes'],
	];
	return [
		...needed
			.filter(([text]) => !text.test(workflow))
			.map(([, otherwise]) => `publish.yml ${otherwise}.`),
		...unpinnedActions(workflow).map(
			(action) => `publish.yml uses ${action}, which is not pinned to a commit.`,
		),
	];
}

/** Actions that are named by a tag, which can be moved; a pinned one has a full commit and its version beside it. */
export function unpinnedActions(workflow: string): string[] {
	return [...workflow.matchAll(/^\s+(?:- )?uses: *(.+)$/gm)]
		.map(([, action = '']) => action)
		.filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(action));
}
