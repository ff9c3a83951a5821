/** The functions that a statement may call, out of those that the engine lists. */

/** A row of the engine's `system.functions`. */
export interface EngineFunction {
  name: string;
  /** Comma-separated. */
  categories: string;
  aliasTo: string;
  caseInsensitive: boolean;
  aggregate: boolean;
}

/**
 * Categories whose functions compute from their arguments alone. Left out: those that read what is not in a view
 * (dictionaries, models, files, other tables, the server's state), run for long, or fail at will.
 */
const CATEGORIES = new Set([
  'Aggregate Functions',
  'Arithmetic',
  'Arrays',
  'Bit',
  'Bitmap',
  'Comparison',
  'Conditional',
  'Dates and Times',
  'Distance',
  'Encoding',
  'Financial',
  'Geo',
  'Hash',
  'IP Address',
  'JSON',
  'Logical',
  'Map',
  'Mathematical',
  'Null',
  'Random Number',
  'Rounding',
  'String',
  'String Replacement',
  'String Search',
  'String Splitting',
  'Time Window',
  'Tuple',
  'Type Conversion',
  'URL',
  'UUID',
  'Window',
]);

/** Of the other categories, what tools and people use. */
const OTHERS = [
  ...['bar', 'caseWithExpression', 'currentDatabase', 'currentUser', 'finalizeAggregation', 'formatReadableQuantity'],
  ...[
    'formatReadableDecimalSize',
    'formatReadableSize',
    'formatReadableTimeDelta',
    'identity',
    'ignore',
    'materialize',
  ],
  ...['neighbor', 'revision', 'rowNumberInAllBlocks', 'runningAccumulate', 'runningDifference', 'toColumnTypeName'],
  ...['toTypeName', 'transform', 'uptime', 'version', 'grouping', 'getSubcolumn'],
];

/**
 * In an allowed category, but: read a schema file, run a statement, fail at will, look into the storage or the process, or
 * call the aggregate function that a text names, which is not in the tree (use the combinator -Array instead).
 */
const REFUSED = [
  'arrayReduce',
  'arrayReduceInRanges',
  'formatRow',
  'formatRowNoNewline',
  'groupFormat',
  'chdb',
  'aggThrow',
  'flameGraph',
  'estimateCompressionRatio',
];

/** What the parser makes of syntax, without a row of its own in `system.functions`. */
const SYNTAX = ['lambda', 'exists', 'untuple', 'tuple', 'array', 'map', 'CAST', '_CAST', 'grouping', 'array_join'];

/** What may stand behind the name of an aggregate function. */
const COMBINATOR =
  /(?:If|Array|Map|SimpleState|MergeState|State|Merge|ForEach|Distinct|OrDefault|OrNull|Resample|ArgMin|ArgMax)$/;

/** Table functions that make rows out of their arguments; the last one in any case. */
const TABLE_FUNCTIONS = ['numbers', 'generateSeries', 'generate_series', 'zeros', 'values'];

const VIEW_FUNCTION = /^(?:meterhouse_bi\.)?(?:latency|latency_series)$/;

export class AllowedFunctions {
  private readonly exact = new Set<string>([...SYNTAX, ...TABLE_FUNCTIONS]);
  /** In lower case. */
  private readonly anyCase = new Set<string>(['values']);
  private readonly aggregates = new Set<string>();

  constructor(functions: readonly EngineFunction[]) {
    const categories = new Map(functions.map(({ name, categories }) => [name, categories]));
    for (const { name, aliasTo, caseInsensitive, aggregate, categories: own } of functions) {
      const source = aliasTo === '' ? name : aliasTo;
      const listed = (aliasTo === '' ? own : (categories.get(aliasTo) ?? '')).split(',').map((text) => text.trim());
      const allowed = OTHERS.includes(source) || listed.some((category) => CATEGORIES.has(category));
      if (!allowed || REFUSED.includes(source)) continue;
      this.exact.add(name);
      if (caseInsensitive) this.anyCase.add(name.toLowerCase());
      if (aggregate) this.aggregates.add(name);
    }
  }

  /** Whether a statement may read from it: some names are those of a scalar and of a table function. */
  makesRows(name: string): boolean {
    return TABLE_FUNCTIONS.includes(name) || name.toLowerCase() === 'values' || VIEW_FUNCTION.test(name);
  }

  /** Whether a statement may call it, as a scalar, an aggregate or a table function. */
  has(name: string): boolean {
    if (this.exact.has(name) || this.anyCase.has(name.toLowerCase()) || VIEW_FUNCTION.test(name)) return true;
    for (let base = name; COMBINATOR.test(base);) {
      base = base.replace(COMBINATOR, '');
      if (this.aggregates.has(base) || (this.anyCase.has(base.toLowerCase()) && !this.exact.has(name))) return true;
    }
    return false;
  }
}
