/** What the canvas shows of a fixed value: its list name or text; nothing of an expression, or of "Any agent". */
const FIXED =
	'(value, name) => (isExpression(value) || (value ?? "") === "" ? "" : name || String(value))';
const IS_EXPRESSION = '(value) => String(value ?? "").startsWith("=")';

/**
 * Under the node on the canvas, which cuts it after some 28 characters: whom it contacts, and how the agent is chosen.
 * Of `$rawParameter`, since the editor has no item to evaluate `{{ $json.userId }}` with and then shows no subtitle at
 * all (`getSimpleParameterValue`). Copied through JSON, since reading a drop-down's parameter directly gives its value
 * without the name. Only the tool has a `toolDescription`.
 */
export const SUBTITLE = `={{ ((raw, isExpression) => {
	const fixed = ${FIXED};
	const group = fixed(raw.agentGroup?.value, raw.agentGroup?.cachedResultName);
	const agent = fixed(raw.agent?.value, raw.agent?.cachedResultName);
	const varies = isExpression(raw.agent?.value) ? "agent" : isExpression(raw.agentGroup?.value) ? "group" : "";
	const userVaries = isExpression(raw.userId);
	const ofEach = raw.toolDescription === undefined ? " of each item" : " of each call";
	const user = fixed(raw.userId) ? "User " + fixed(raw.userId) : "No user yet";
	const whom = userVaries ? "User" + (varies && " and " + varies) + ofEach : user;
	const by = [group && "group " + group, agent && "agent " + agent, !userVaries && varies && varies + ofEach].filter(Boolean);
	return [whom, ...(by.length > 0 || varies ? by : ["any agent"])].join(", ");
})(JSON.parse(JSON.stringify($rawParameter)), ${IS_EXPRESSION}) }}`;
