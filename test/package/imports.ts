import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Import {
	/** A file as `nodes/shared/desk/reply.ts`, or the name of a package. */
	from: string;
	/** What is taken of it; `*` for all. */
	names: string[];
}
/** What each file imports, types included. Paths are from the repository's root, with slashes. */
export type Imports = Record<string, Import[]>;

/** What the published files in a folder import. */
export function importsIn(root: string, folders: string[]): Imports {
	const files = folders.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => path.posix.join(folder, file.replaceAll('\\', '/'))),
	);
	return Object.fromEntries(
		files.map((file) => [file, importsOf(file, readFileSync(path.join(root, file), 'utf8'))]),
	);
}

/** What the text of a file imports or hands on, in any of the ways that TypeScript has. */
export function importsOf(file: string, text: string): Import[] {
	const found: Import[] = [];
	const add = (specifier: ts.Node | undefined, names: string[]) => {
		if (specifier && ts.isStringLiteral(specifier)) {
			found.push({ from: target(file, specifier.text), names });
		}
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, namesOf(node));
		else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, ['*']);
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, ['*']);
		} else if (ts.isCallExpression(node) && isLoading(node.expression)) {
			add(node.arguments[0], ['*']);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
	return found;
}

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
	const byDefault = importClause?.name ? ['default'] : [];
	const bindings = importClause?.namedBindings;
	if (!bindings) return byDefault.length > 0 ? byDefault : ['*'];
	if (ts.isNamespaceImport(bindings)) return ['*'];
	const names = bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
	return [...byDefault, ...names];
}

function isLoading(callee: ts.Expression): boolean {
	if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
	return ts.isIdentifier(callee) && callee.text === 'require';
}

function target(file: string, specifier: string): string {
	if (!specifier.startsWith('.')) return specifier;
	const joined = path.posix.join(path.posix.dirname(file), specifier);
	return /\.(ts|json)$/.test(joined) ? joined : `${joined}.ts`;
}
