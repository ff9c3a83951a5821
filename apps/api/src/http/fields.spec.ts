import { IsOptional } from 'class-validator';
import { refusalOf } from '../../../../test/support/refusal';
import { IsAccountId, IsInstant, IsKeyId } from './fields';

class ExampleDto {
  @IsOptional()
  @IsInstant({ from: Date.UTC(2000, 0, 1), before: Date.UTC(2100, 0, 1) })
  at?: unknown;

  @IsOptional()
  @IsAccountId()
  accountId?: unknown;

  @IsOptional()
  @IsKeyId()
  keyId?: unknown;
}

const problemOf = (value: object): Promise<string | null> => refusalOf(ExampleDto, 'body', value);

describe('IsInstant', () => {
  it.each([
    '2000-01-01',
    '2026-03-01T12:00:00Z',
    '2026-03-01t12:00:00z',
    '2026-03-01T12:00:00.5+05:30',
    '2026-03-01T12:00:00+00',
    // As a query has it where the plus sign was not encoded.
    '2026-03-01T12:00:00 00',
    '2026-03-01T12:00:00 05:30',
    '2099-12-31T23:59:59.999Z',
  ])('takes %s', async (at) => {
    expect(await problemOf({ at })).toBeNull();
  });

  it.each([
    '2026-02-30',
    '2026-03-01T12:00:00',
    '2026-03-01 12:00:00Z',
    'yesterday',
    '',
    1_770_000_000_000,
    ['2026-03-01'],
  ])('asks for a date or a time with its zone where it is given %j', async (at) => {
    expect(await problemOf({ at })).toMatch(/^at should be a date such as .* ISO 8601 time with its zone/);
  });

  it('names the bound that is passed, and does not call the value malformed', async () => {
    expect(await problemOf({ at: '1999-12-31T23:59:59.999Z' })).toBe(
      'at should be 2000-01-01T00:00:00.000Z or after, but is "1999-12-31T23:59:59.999Z".',
    );
    expect(await problemOf({ at: '2100-01-01' })).toBe(
      'at should be before 2100-01-01T00:00:00.000Z, but is "2100-01-01".',
    );
  });
});

describe('ids', () => {
  it.each([
    ['accountId', 64],
    ['keyId', 128],
  ])('%s has at most %i of its characters', async (field, most) => {
    expect(await problemOf({ [field]: 'a.B_9:-'.repeat(20).slice(0, most) })).toBeNull();
    for (const id of ['', 'a'.repeat(most + 1), 'a b', "a'", 'ä', 'a\n', 7]) {
      expect(await problemOf({ [field]: id })).toContain(`${field} should be 1 to ${most} letters`);
    }
  });
});
