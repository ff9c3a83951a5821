/** Calls of every route that an OpenAPI document describes: some right, most wrong in one place, some wrong throughout. */
import fc from 'fast-check';
import { hostileJson, hostileText } from './hostile';

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  oneOf?: Schema[];
  allOf?: Schema[];
  nullable?: boolean;
  items?: Schema;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  example?: unknown;
}

interface Parameter {
  name: string;
  in: string;
  schema?: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** What is sent; `path` is encoded, with its query. */
export interface FuzzedCall {
  /** The method and the path as the document has them. */
  route: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | undefined;
  key: string;
}

/** Values that mean something to the service, by the names of the fields and parameters that take them. */
export type Known = Readonly<Record<string, readonly string[]>>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * @param keys names of the keys to call with; those that are to be drawn more often stand there more often
 * @param known what is put into fields of these names, beside what the document gives as examples
 */
export function callsOf(document: Document, keys: readonly string[], known: Known): fc.Arbitrary<FuzzedCall> {
  const values = new Values(document, known);
  const calls = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => callOf(method.toUpperCase(), path, operation, values, keys)),
  );
  return fc.oneof(...calls);
}

function callOf(
  method: string,
  template: string,
  { parameters = [], requestBody }: Operation,
  values: Values,
  keys: readonly string[],
): fc.Arbitrary<FuzzedCall> {
  const named = (place: string): Parameter[] => parameters.filter((parameter) => parameter.in === place);
  const path = fc.tuple(...named('path').map((parameter) => values.text(parameter)));
  const body = bodyOf(requestBody?.content ?? {}, values);
  return fc
    .record({ path, query: queryOf(named('query'), values), body, key: fc.constantFrom(...keys) })
    .chain(({ path: inPath, query, body: sent, key }) =>
      headersOf(named('header'), values).map((headers) => {
        const filled = named('path').reduce(
          (url, { name }, index) => url.replace(`{${name}}`, encoded(inPath[index] ?? '')),
          template,
        );
        const search = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
        return {
          route: `${method} ${template}`,
          method,
          path: search === '' ? filled : `${filled}?${search}`,
          headers: { ...headers, ...sent.headers },
          // Neither a browser nor fetch sends a body with a GET.
          body: method === 'GET' ? undefined : sent.bytes,
          key,
        };
      }),
    );
}

/** A lone surrogate cannot be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Up to five parameters, now and then one twice or one that is not known. */
function queryOf(parameters: Parameter[], values: Values): fc.Arbitrary<[string, string][]> {
  const unknown = fc.tuple(hostileText, hostileText);
  if (parameters.length === 0) {
    return fc.tuple(fc.nat(9), unknown).map(([chance, pair]) => (chance === 0 ? [pair] : []));
  }
  const one = fc
    .constantFrom(...parameters)
    .chain((parameter) => values.text(parameter).map((value): [string, string] => [parameter.name, value]));
  return fc.array(fc.oneof({ weight: 19, arbitrary: one }, unknown), { maxLength: 5 });
}

function headersOf(parameters: Parameter[], values: Values): fc.Arbitrary<Record<string, string>> {
  const pairs = parameters.map((parameter) =>
    fc.tuple(fc.boolean(), values.text(parameter)).map(([isSent, text]) => {
      const value = text.replace(/[^\x20-\x7e]/g, '').trim();
      return isSent && value !== '' ? [[parameter.name, value]] : [];
    }),
  );
  return fc.tuple(...pairs).map((sent) => Object.fromEntries(sent.flat()));
}

interface Sent {
  headers: Record<string, string>;
  bytes: Uint8Array<ArrayBuffer> | undefined;
}

const NO_BODY: Sent = { headers: {}, bytes: undefined };

/** JSON by the schema, or bytes that are none, under right and wrong types and encodings. */
function bodyOf(content: Record<string, { schema?: Schema }>, values: Values): fc.Arbitrary<Sent> {
  const types = Object.keys(content);
  const schema = content['application/json']?.schema;
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array));
  const type = fc.constantFrom(...types, 'text/plain', 'application/json; charset=utf-7', '\\', '');
  const raw = fc
    .record({ bytes: fc.oneof(bytes, hostileText.map(utf8)), type, gzip: fc.boolean() })
    .map(({ bytes: sent, type: sentType, gzip }): Sent => ({
      headers: { 'content-type': sentType, ...(gzip ? { 'content-encoding': 'gzip' } : {}) },
      bytes: sent,
    }));
  if (schema === undefined) return fc.oneof({ weight: 9, arbitrary: fc.constant(NO_BODY) }, raw);
  const json = fc
    .oneof(
      { weight: 4, arbitrary: values.right(schema) },
      { weight: 5, arbitrary: values.spoiled(schema) },
      { weight: 1, arbitrary: hostileJson },
    )
    .map((value): Sent => ({
      headers: { 'content-type': 'application/json' },
      bytes: utf8(JSON.stringify(value) ?? ''),
    }));
  return fc.oneof({ weight: 8, arbitrary: json }, { weight: 1, arbitrary: raw }, fc.constant(NO_BODY));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Values by the schemas of a document. */
class Values {
  constructor(
    private readonly document: Document,
    private readonly known: Known,
  ) {}

  /** The value of a parameter as text: mostly a right one. */
  text({ name, schema = {} }: Parameter): fc.Arbitrary<string> {
    const right = this.right(schema, name).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    return fc.oneof({ weight: 7, arbitrary: right.map((text) => text ?? '') }, hostileText);
  }

  /** A value that the schema allows, as far as it says. @param name of the field or parameter that takes it */
  right(given: Schema, name = ''): fc.Arbitrary<unknown> {
    const schema = this.resolved(given);
    const known = [...(this.known[name] ?? []), ...(schema.example === undefined ? [] : [schema.example])];
    const drawn = this.drawn(schema, name);
    // A random text is seldom a right one.
    const weight = schema.type === 'string' ? 9 : 2;
    const value = known.length === 0 ? drawn : fc.oneof({ weight, arbitrary: fc.constantFrom(...known) }, drawn);
    return schema.nullable ? fc.option(value, { freq: 5 }) : value;
  }

  /** A right value with one field replaced, or added, by anything. */
  spoiled(given: Schema): fc.Arbitrary<unknown> {
    const { properties = {} } = this.resolved(given);
    const names = [...Object.keys(properties), '__proto__', 'constructor', 'other'];
    return fc
      .tuple(this.right(given), fc.constantFrom(...names), hostileJson)
      .map(([value, name, replaced]) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? { ...value, [name]: replaced }
          : replaced,
      );
  }

  private drawn(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const { enum: allowed, oneOf, items, properties, required = [], minimum: min = 0, maximum: max = 1_000 } = schema;
    if (allowed !== undefined) return fc.constantFrom(...allowed);
    if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => this.right(one, name)));
    switch (schema.type) {
      case 'integer':
        return fc.oneof(fc.constantFrom(min, max), fc.double({ min, max, noNaN: true }).map(Math.round));
      case 'number':
        return fc.oneof(fc.constantFrom(min, max), fc.double({ min, max, noNaN: true }));
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(this.right(items ?? {}, name), { maxLength: Math.min(4, schema.maxItems ?? 4) });
      case 'object': {
        if (properties === undefined) return fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
        const fields = Object.entries(properties).map(([field, of]) => [field, this.right(of, field)] as const);
        return fc.record(Object.fromEntries(fields), { requiredKeys: required });
      }
      default:
        return fc.string({ maxLength: 40 });
    }
  }

  private resolved({ $ref, allOf, ...schema }: Schema): Schema {
    const name = $ref?.split('/').at(-1);
    const referred = name === undefined ? {} : this.resolved(this.document.components.schemas[name] ?? {});
    const parts = (allOf ?? []).map((part) => this.resolved(part));
    return Object.assign({}, ...parts, referred, schema) as Schema;
  }
}
