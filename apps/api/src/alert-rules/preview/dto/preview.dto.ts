import { ApiProperty } from '@nestjs/swagger';
import { ApiCount, ApiInstant, ApiNumber, ApiSuccess } from '../../../http/response-fields';
import { AlertGroupDto } from '../../history/dto/alert.dto';
import { BodyField } from '../../rules/dto/rule-fields';

export const PREVIEW_TIMEFRAMES = ['7d', '30d', '90d'] as const;
export type PreviewTimeframe = (typeof PREVIEW_TIMEFRAMES)[number];

/** The body of `POST /alerts/rules/preview`. */
export class PreviewRuleDto {
  @BodyField(
    {
      type: 'object',
      additionalProperties: true,
      description: 'A rule as `POST /alerts/rules` takes it.',
      example: { name: 'Errors', metric: 'errorRate', condition: { type: 'threshold', operator: 'above', value: 5 } },
    },
    true,
  )
  rule?: unknown;

  @BodyField({ enum: PREVIEW_TIMEFRAMES, description: 'How far back it is tried.', default: '7d', example: '30d' })
  timeframe?: unknown;
}

/** A time in which a rule would have fired. */
export class FiringDto {
  @ApiProperty({ type: AlertGroupDto, description: 'What it is about, where the rule is grouped.' })
  group!: AlertGroupDto;

  @ApiInstant('When it would have fired.', '2026-03-02T10:15:00.000Z')
  from!: string;

  @ApiInstant('When it would have been resolved; null: it would be firing now.', '2026-03-02T10:45:00.000Z', {
    nullable: true,
  })
  to!: string | null;

  @ApiNumber('What the metric came to when it fired.', 12.4, { nullable: true })
  value!: number | null;

  @ApiNumber('What it was compared with.', 5, { nullable: true })
  threshold!: number | null;
}

/** What windows that end one after the other came to, over all groups. */
export class PreviewPointDto {
  @ApiInstant('End of the first of them.', '2026-03-02T10:15:00.000Z')
  from!: string;

  @ApiInstant('End of the last of them.', '2026-03-02T10:25:00.000Z')
  to!: string;

  @ApiNumber('The lowest value; null where none has one, or all have fewer requests than the rule asks for.', 1.9, {
    nullable: true,
  })
  low!: number | null;

  @ApiNumber('The highest value.', 12.4, { nullable: true })
  high!: number | null;

  @ApiNumber('What the last of them was compared with; null where there was nothing.', 5, { nullable: true })
  threshold!: number | null;
}

/** What a rule would have done. */
export class PreviewDto {
  @ApiSuccess()
  success!: true;

  @ApiCount('Windows that were judged, over all groups.', 2_016)
  evaluations!: number;

  @ApiProperty({
    type: [FiringDto],
    description: 'Every time that it would have fired, at most 10,000, the oldest first.',
  })
  firings!: FiringDto[];

  @ApiProperty({
    type: [PreviewPointDto],
    description: 'The values by which it would have been decided, at most 2,000 points of equally many windows.',
  })
  series!: PreviewPointDto[];

  @ApiCount('How many would be firing now.', 0)
  openNow!: number;

  @ApiInstant(
    'Where the windows begin: later than asked for where figures of them are not kept that long.',
    '2026-02-23T10:15:00.000Z',
  )
  from!: string;

  @ApiProperty({
    enum: ['NOT_ENOUGH_HISTORY', 'NO_LIMIT', 'NO_PLAN', 'NOT_READABLE'],
    nullable: true,
    description: 'Why the latest window could not be judged; null: it was.',
    example: null,
  })
  notJudged!: string | null;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
