/** What every route that answers a list takes and answers: pages of it, by `limit` and `offset`. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsQueryInteger } from './fields';
import { ApiCount } from './response-fields';

/** The query of a list; a list's own parameters extend it. */
export class ListQueryDto {
  @ApiPropertyOptional({
    description: 'Most items in the answer.',
    type: 'integer',
    minimum: 1,
    maximum: 1_000,
    default: 100,
    example: 100,
  })
  @IsQueryInteger(1, 1_000)
  limit: number = 100;

  @ApiPropertyOptional({
    description: 'Items to leave out before the first.',
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000_000,
    default: 0,
    example: 0,
  })
  @IsQueryInteger(0, 1_000_000_000)
  offset: number = 0;
}

/** Where a page stands in the whole list. */
export class ListPaginationDto {
  @ApiCount('Items that match the filter.', 4)
  total!: number;

  @ApiCount('As asked for.', 100)
  limit!: number;

  @ApiCount('As asked for.', 0)
  offset!: number;

  @ApiProperty({ description: 'Whether there are items after this page.', example: false })
  hasMore!: boolean;
}

/** The page of a list that a query asks for. @param all every item that matches, in order */
export function pageOf<T>(
  all: readonly T[],
  { limit, offset }: ListQueryDto,
): { page: T[]; pagination: ListPaginationDto } {
  const page = all.slice(offset, offset + limit);
  return { page, pagination: { total: all.length, limit, offset, hasMore: offset + page.length < all.length } };
}
