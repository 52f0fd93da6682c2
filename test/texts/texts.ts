import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import ts from 'typescript';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { ContactUser } from '../../nodes/ContactUser/ContactUser.node';
import { TencentDesk } from '../../nodes/TencentDesk/TencentDesk.node';
import { TencentDeskEventTrigger } from '../../nodes/TencentDeskEventTrigger/TencentDeskEventTrigger.node';
import { TencentDeskTrigger } from '../../nodes/TencentDeskTrigger/TencentDeskTrigger.node';

/** One text that a builder or a model reads. */
export interface Text {
	/** The path of a parameter, or file and line. */
	where: string;
	/** What stands in for a value is in braces. */
	text: string;
}

const NODES = [ContactUser, TencentDesk, TencentDeskTrigger, TencentDeskEventTrigger].map(
	(Node) => new Node().description,
);
const CREDENTIAL = new TencentDeskApi();
/** Bundled for printing, this file stands elsewhere. */
const ROOT = process.cwd();

/** Every parameter, with those within collections; its name is the path that leads there. */
export function allParameters(): Array<INodeProperties & { where: string }> {
	return [...NODES, CREDENTIAL].flatMap(({ displayName, properties }) =>
		properties.flatMap((property) => within(property, displayName)),
	);
}

function within(
	property: INodeProperties,
	above: string,
): Array<INodeProperties & { where: string }> {
	const { operation } = property.displayOptions?.show ?? {};
	const where = [above, operation?.join(), property.name].filter(Boolean).join(' > ');
	const entries = property.type === 'collection' ? (property.options ?? []) : [];
	return [
		{ ...property, where },
		...entries.flatMap((entry) => within(entry as INodeProperties, where)),
	];
}

/** What the editor shows of nodes and credential, and what a model reads of a tool. */
export function descriptionTexts(): Text[] {
	const ofNodes = NODES.flatMap(({ displayName, description, builderHint }) => [
		{ where: displayName, text: description },
		{ where: `${displayName} > builderHint`, text: String(builderHint?.searchHint ?? '') },
	]);
	const texts = allParameters().flatMap(({ where, ...property }) => [
		...(['displayName', 'description', 'hint', 'placeholder'] as const).map((key) => ({
			where: `${where} > ${key}`,
			text: property[key] ?? '',
		})),
		{ where, text: property.name === 'toolDescription' ? String(property.default) : '' },
		...(/options$/i.test(property.type)
			? (property.options as INodePropertyOptions[])
			: []
		).flatMap(({ name, value, action, description }) =>
			[name, action, description].map((text) => ({
				where: `${where} > ${String(value)}`,
				text: text ?? '',
			})),
		),
	]);
	return [...ofNodes, ...texts].filter(({ text }) => text !== '');
}

/** The notes on the canvas of each example. */
export function exampleTexts(): Text[] {
	const files = readdirSync(path.join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
	return files.sort().flatMap((file) => {
		const text = readFileSync(path.join(ROOT, 'examples', file), 'utf8');
		const { nodes } = JSON.parse(text) as {
			nodes: Array<{ name: string; notes?: string; parameters: { content?: string } }>;
		};
		return nodes.flatMap(({ name, notes, parameters }) =>
			[notes, parameters.content].flatMap((said) =>
				said === undefined ? [] : [{ where: `${file} > ${name}`, text: said }],
			),
		);
	});
}

/** Messages, advice and hints: what the code says in words, with the expressions of its templates in braces. */
export function codeTexts(): Text[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.sort()
			.flatMap((file) => textsOf(path.posix.join(folder, file))),
	);
}

function textsOf(file: string): Text[] {
	const code = readFileSync(path.join(ROOT, file), 'utf8');
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	const found: Text[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		// Two words are said to somebody; one is a name.
		if (text !== undefined && /[a-z] [a-z{]/i.test(text) && !text.startsWith('={{')) {
			const { line } = source.getLineAndCharacterOfPosition(node.getStart());
			found.push({ where: `${file}:${line + 1}`, text });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	const spans = node.templateSpans.map(
		({ expression, literal }) => `{${expression.getText().replaceAll(/\s+/g, '')}}${literal.text}`,
	);
	return [node.head.text, ...spans].join('');
}
