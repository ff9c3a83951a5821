/**
 * Whether a statement may run, by its syntax tree from the engine's own parser (`EXPLAIN AST`, which executes nothing).
 * What is not listed here is refused. The tree is read as a bag of nodes: a name with a line break in it can add lines, and
 * none can hide one. Two kinds of expressions are not in the tree, and so are not allowed: APPLY, and WHERE of SHOW.
 */
import type { AllowedFunctions } from './functions';
import { SqlRefusal } from './refusal';

/** Tables of the engine that tools read; they list only what the caller may read, or nothing that is anybody's. */
const SYSTEM_TABLES = new Set([
  ...['one', 'numbers', 'databases', 'tables', 'columns', 'functions', 'table_functions', 'table_engines'],
  ...['data_type_families', 'settings', 'formats', 'clusters', 'time_zones', 'dictionaries'],
]);

/** The first line of the tree of each statement that may run, without its text. */
const STATEMENTS =
  /^(?:SelectWithUnionQuery|SelectIntersectExceptQuery|DescribeQuery|Exists(?:Table|View|Database)Query|ShowCreate(?:Table|View|Database)Query|Show(?:Tables|Columns|Functions|Indexes)|Explain EXPLAIN(?: AST| SYNTAX| QUERY TREE| PIPELINE)?(?= \(|$))(?: |$)/;

/** SHOW as the engine formats it: names and a pattern, no condition. */
const SHOW =
  /^SHOW (?:(?:FULL |EXTENDED )*(?:TABLES|COLUMNS|INDEXES)|CHANGED SETTINGS|DATABASES|DICTIONARIES|FUNCTIONS|SETTINGS|CLUSTERS)(?: FROM NAME)*(?: NOT)?(?: I?LIKE TEXT)?(?: LIMIT \d+)?$/;
const SHOW_CREATE = /^SHOW CREATE (?:TABLE|VIEW|DATABASE) NAME$/;

const NAME = /^(?:Table)?Identifier (.+)$/;
const FUNCTION = /^Function ([\w.]+)/;

/** Nodes without a meaning of their own; expressions and tables below them are nodes again. */
const STRUCTURE = new Set([
  ...['SelectWithUnionQuery', 'SelectIntersectExceptQuery', 'SelectQuery', 'ExpressionList', 'Subquery', 'WithElement'],
  ...['TablesInSelectQuery', 'TablesInSelectQueryElement', 'TableExpression', 'TableJoin', 'ArrayJoin', 'SampleRatio'],
  ...['Literal', 'Asterisk', 'QualifiedAsterisk', 'ColumnsRegexpMatcher', 'ColumnsListMatcher'],
  ...['QualifiedColumnsRegexpMatcher', 'QualifiedColumnsListMatcher', 'ColumnsTransformerList'],
  ...['ColumnsExceptTransformer', 'ColumnsReplaceTransformer', 'ColumnsReplaceTransformer::Replacement'],
  ...['OrderByElement', 'InterpolateElement', 'WindowDefinition', 'WindowListElement', 'StorageOrderByElement'],
]);

/** Where on the disk a database is; `system.databases` has them for all who may read it. */
const PATH_COLUMN = /\b(?:data_path|metadata_path)\b/;

const ALL_COLUMNS = /^(?:Qualified)?(?:Asterisk|Columns\w+Matcher)/;

/**
 * @param body the statement without FORMAT and SETTINGS, as the engine formats it
 * @param tree its nodes, a line each, the outermost first
 * @throws SqlRefusal
 */
export function checkSyntax(body: string, tree: readonly string[], functions: AllowedFunctions): void {
  const [root = '', ...nodes] = tree.map((line) => line.trim()).filter((line) => line !== '');
  if (!STATEMENTS.test(root)) {
    throw SqlRefusal.denied('Only SELECT may be run, and SHOW, DESCRIBE, EXISTS and EXPLAIN of one.');
  }
  if (root.startsWith('Show')) checkShow(body);
  const inner = /^(?:Select|Describe)/.test(root) ? [root.replace(/^DescribeQuery/, 'SelectQuery'), ...nodes] : nodes;
  inner.forEach((node, index) => {
    checkNode(node, functions);
    const table = node.startsWith('TableExpression') ? FUNCTION.exec(inner[index + 1] ?? '')?.[1] : undefined;
    if (table !== undefined && !functions.makesRows(table)) throw refusedFunction(table);
  });
  checkDatabases(tree);
}

/**
 * Whether an expression over the columns of a view may run.
 * @param tree the nodes of a SELECT of nothing else
 * @throws SqlRefusal
 */
export function checkCondition(tree: readonly string[], functions: AllowedFunctions): void {
  const nodes = tree.map((line) => line.trim()).filter((line) => line !== '');
  for (const node of nodes) {
    checkNode(node, functions);
    if (/^(?:Subquery|TableExpression|Identifier [^ ]*\.)/.test(node)) {
      throw SqlRefusal.denied('A filter may compare columns of its table with values, and read no other table.');
    }
  }
}

function checkNode(node: string, functions: AllowedFunctions): void {
  const called = FUNCTION.exec(node)?.[1];
  if (called !== undefined) {
    if (!functions.has(called)) throw refusedFunction(called);
    return;
  }
  const name = NAME.exec(node)?.[1];
  if (name !== undefined) return checkName(name, node.startsWith('Table'));
  const kind = /^[\w:]+/.exec(node)?.[0] ?? '';
  if (kind === 'Set') {
    throw SqlRefusal.setting('SETTINGS may stand at the end of the statement only, not within it.');
  }
  if (!STRUCTURE.has(kind)) throw SqlRefusal.denied(`This part of the statement may not be used here: ${kind}.`);
}

function refusedFunction(name: string): SqlRefusal {
  return SqlRefusal.denied(`The function ${name} may not be used here.`);
}

/** Of the databases that have tables for everybody, these tables alone; also behind IN, where a table is a plain name. */
function checkName(name: string, isTable: boolean): void {
  const [database = '', table = ''] = name.replace(/ \(.*$/, '').split('.');
  if (database.toLowerCase() !== 'system') return;
  if (isTable && SYSTEM_TABLES.has(table)) return;
  // A column that is named in full, as JDBC's `system.tables.name`.
  if (!isTable && SYSTEM_TABLES.has(table) && name.split('.').length > 2) return;
  throw SqlRefusal.denied(`${name} may not be read here; of system: ${[...SYSTEM_TABLES].join(', ')}.`);
}

/** `system.databases` says where on the disk the data is: its columns have to be named. */
function checkDatabases(tree: readonly string[]): void {
  const nodes = tree.map((line) => line.trim());
  if (!nodes.some((node) => /^TableIdentifier system\.databases\b/i.test(node))) return;
  // Anywhere: an alias is a column of a NATURAL JOIN.
  if (nodes.some((node) => ALL_COLUMNS.test(node) || PATH_COLUMN.test(node))) {
    throw SqlRefusal.denied('Name the columns of system.databases that you need; not those of its paths.');
  }
}

function checkShow(body: string): void {
  const plain = body
    .replace(/'(?:[^'\\]|\\.)*'/g, 'TEXT')
    .replace(
      /(?<=\bFROM |\bCREATE (?:TABLE|VIEW|DATABASE) )(?:`(?:[^`\\]|\\.)*`|\w+)(?:\.(?:`(?:[^`\\]|\\.)*`|\w+))*/g,
      'NAME',
    );
  if (!SHOW.test(plain) && !SHOW_CREATE.test(plain)) {
    throw SqlRefusal.denied('This SHOW may not be used here; a LIKE may stand behind it, a WHERE may not.');
  }
}
