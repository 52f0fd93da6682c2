/** What the canvas shows of a value: its text or list name, or where an expression takes it from. */
const SHOWN =
	'(value, name) => String(value ?? "").startsWith("=") ? "of each item" : name || String(value ?? "")';

/**
 * Under the node on the canvas: whom it contacts, and how the agent is chosen. Of `$rawParameter`, since the editor
 * has no item to evaluate `{{ $json.userId }}` with and then shows no subtitle at all (`getSimpleParameterValue`).
 * Copied through JSON, since reading a drop-down's parameter directly gives its value without the name.
 */
export const SUBTITLE = `={{ ((raw, shown) => {
	const user = shown(raw.userId);
	const group = shown(raw.agentGroup?.value, raw.agentGroup?.cachedResultName);
	const agent = shown(raw.agent?.value, raw.agent?.cachedResultName);
	const by = [group && "group " + group, agent && "agent " + agent].filter(Boolean).join(", ");
	return (user ? "User " + user : "No user yet") + ", " + (by || "any agent");
})(JSON.parse(JSON.stringify($rawParameter)), ${SHOWN}) }}`;
