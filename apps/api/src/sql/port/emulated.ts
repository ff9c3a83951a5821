/** Statements that clients send to set their session up, or to end another; they are understood here and never run. */
import { INSIDE_QUOTES, unquoted } from '../statement/literals';
import { SqlRefusal } from '../statement/refusal';
import { parseSettings } from '../statement/statement';
import { PortError } from './port-error';

export type Emulated =
  | { kind: 'set'; settings: Record<string, string | number> }
  | { kind: 'use'; database: string }
  | { kind: 'kill'; queryId: string };

const KILL = new RegExp(
  `^KILL QUERY WHERE (?:query_id = '(${INSIDE_QUOTES})'|'(${INSIDE_QUOTES})' = query_id)(?: (?:A?SYNC|TEST))?(?: FORMAT \\w+)?$`,
);

/**
 * @param canonical the engine's formatting of one statement
 * @returns undefined for a statement that is to be run
 * @throws SqlRefusal for a form of them that nobody may use here
 */
export function emulated(canonical: string): Emulated | undefined {
  const [word = ''] = canonical.split(' ', 1);
  switch (word) {
    case 'SET':
      if (/^SET (?:DEFAULT )?ROLE /.test(canonical)) throw SqlRefusal.denied('There are no roles to set here.');
      return { kind: 'set', settings: parseSettings(canonical.slice('SET '.length)) };
    case 'USE':
      return { kind: 'use', database: canonical.slice('USE '.length).replace(/^`|`$/g, '') };
    case 'KILL': {
      const match = KILL.exec(canonical);
      if (!match) throw SqlRefusal.denied("Only KILL QUERY WHERE query_id = '…' is understood here.");
      return { kind: 'kill', queryId: unquoted(match[1] ?? match[2] ?? '') };
    }
    default:
      return undefined;
  }
}

/** The statement with which clickhouse-go begins each connection, and decodes the answer in a form of its own. */
const GO_HELLO = /^\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*;?\s*$/i;

export function isGoHello(text: string, query: URLSearchParams): boolean {
  return query.has('client_protocol_version') && GO_HELLO.test(text);
}

/**
 * Its answer in the engine's Native format of revision 54460, which the embedded engine does not write. It says revision 0,
 * so that the client reads all later answers in the form without a revision, as the engine writes them.
 */
export function goHello(version: string): Buffer {
  const columns: [name: string, type: string, value: Buffer][] = [
    ['displayName()', 'String', text('meterhouse')],
    ['version()', 'String', text(version)],
    ['revision()', 'UInt32', Buffer.alloc(4)],
    ['timezone()', 'String', text('UTC')],
  ];
  // Block info: not an overflow row, no bucket. Then the numbers of columns and rows.
  const head = Buffer.from([0x01, 0x00, 0x02, 0xff, 0xff, 0xff, 0xff, 0x00, columns.length, 1]);
  const ordinarySerialization = Buffer.from([0]);
  return Buffer.concat([
    head,
    ...columns.flatMap(([name, type, value]) => [text(name), text(type), ordinarySerialization, value]),
  ]);
}

/** A text of fewer than 128 bytes behind its length. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length > 127) throw new PortError(49, 'LOGICAL_ERROR', 'The text is too long.');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
