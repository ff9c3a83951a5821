/** The parts of the SQL screen that read and write text. */
import fc from 'fast-check';
import { drawingOf } from './chart-data';
import { csvOf } from './csv';
import { tokensOf } from './highlight';
import { placeholdersOf } from './placeholders';

describe('placeholders', () => {
  it('are found once each, with their types', () => {
    expect(placeholdersOf('SELECT {a:UInt8}, { b : Array(String) }, {a:UInt8}')).toEqual([
      { name: 'a', type: 'UInt8' },
      { name: 'b', type: 'Array(String)' },
    ]);
  });

  it.each([
    "SELECT '{a:UInt8}'",
    'SELECT `{a:UInt8}`',
    '-- {a:UInt8}',
    '/* {a:UInt8}',
    "SELECT 'it''s {a:UInt8}'",
    "'\\'{a:UInt8}'",
  ])('are not looked for in %s', (statement) => expect(placeholdersOf(statement)).toEqual([]));
});

describe('colours', () => {
  it('change nothing of any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom("'", '"', '`', '\\', '--', '/*', '*/', '\n', 'SELECT', '1.5e3', '{a:B}', ' '))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (statement) =>
        expect(
          tokensOf(statement)
            .map((token) => token.text)
            .join(''),
        ).toBe(statement),
      ),
    );
  });

  it('name what they are for', () => {
    const kinds = tokensOf("select 'a' , 12 -- b").map(({ kind, text }) => [kind, text]);
    expect(kinds.filter(([kind]) => kind !== 'plain')).toEqual([
      ['keyword', 'select'],
      ['string', "'a'"],
      ['number', '12'],
      ['comment', '-- b'],
    ]);
  });
});

describe('a CSV file', () => {
  it('has numbers as they are, texts in quotes, and nothing for null', () => {
    const columns = [
      { name: 'n', type: 'Nullable(Int64)' },
      { name: 'a "text"', type: 'LowCardinality(String)' },
    ];
    const rows = [
      ['-9007199254740993', 'x,"y"'],
      [null, ''],
      ['1', null],
    ];
    expect(csvOf(columns, rows)).toBe('"n","a ""text"""\n-9007199254740993,"x,""y"""\n,""\n1,\n');
  });

  it.each(['=1+1', '+1', '-1', '@a', '\ta', '\ra'])('holds nothing that a spreadsheet computes: %j', (text) => {
    expect(csvOf([{ name: 't', type: 'String' }], [[text]])).toBe(`"t"\n"'${text}"\n`);
  });
});

describe('a chart', () => {
  const times = [
    { name: 'bucket', type: "DateTime('UTC')" },
    { name: 'n', type: 'UInt64' },
  ];

  it('draws numbers over times, in their order, with gaps where times are missing', () => {
    const drawing = drawingOf(times, [
      ['2026-03-01 05:00:00', '4'],
      ['2026-03-01 00:00:00', '1'],
      ['2026-03-01 01:00:00', null],
    ]);
    if (drawing.kind !== 'times') throw new Error('It should be a chart over times.');
    expect(drawing.granularity).toBe('hour');
    const { starts, values } = drawing.points('n');
    expect(starts.map((start, index) => [new Date(start).getUTCHours(), values[index]])).toEqual([
      [0, 1],
      [1, null],
      [2, null],
      [5, 4],
    ]);
  });

  it('draws numbers over texts as bars', () => {
    const columns = [
      { name: 'n', type: 'UInt64' },
      { name: 'endpoint', type: 'LowCardinality(String)' },
    ];
    const drawing = drawingOf(columns, [['12', '/v1/a']]);
    expect(drawing.kind === 'texts' && drawing.bars('n')).toEqual([{ label: '/v1/a', value: 12 }]);
  });

  it.each([
    [times, []],
    [[{ name: 'n', type: 'UInt64' }], [['1']]],
    [
      times,
      [
        ['2026-03-01 00:00:00', '1'],
        ['2026-03-01 00:00:00', '2'],
      ],
    ],
    [times, [[null, '1']]],
  ])('says why there is none: %j', (columns, rows) => {
    expect(drawingOf(columns, rows)).toMatchObject({ kind: 'none', reason: expect.stringMatching(/\.$/) as string });
  });
});
