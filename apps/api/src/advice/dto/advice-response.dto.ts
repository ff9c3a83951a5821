import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';
import { ADVICE_STATES, ADVICE_TYPES, type AdviceState, type AdviceType, type Figures, type Gain } from '../advice';

const MAX_REASON = 500;

/** The body of `POST /usage/advice/{id}/dismiss`. */
export class DismissAdviceDto {
  @ApiPropertyOptional({
    description: `Why, in at most ${MAX_REASON} characters.`,
    type: String,
    nullable: true,
    maxLength: MAX_REASON,
    example: 'A nightly export, which may take its time.',
  })
  @IsOptional()
  @MaxLength(MAX_REASON, { message: `reason should be at most ${MAX_REASON} characters.` })
  @IsString({ message: 'reason should be a text.' })
  reason?: string | null;
}

export class AdviceEvidenceDto {
  @ApiInstant('First instant of what was looked at.', '2026-01-12T00:00:00.000Z')
  from!: string;

  @ApiInstant('Their end, not included.', '2026-01-13T00:00:00.000Z')
  to!: string;

  @ApiCount('Requests that the figures are of.', 12_040)
  requests!: number;

  @ApiProperty({ type: Object, description: 'The figures by name.', example: { failedRequests: 903, errorRate: 7.5 } })
  figures!: Figures;

  @ApiProperty({ description: 'What they were compared with.', example: 'all requests of the key' })
  comparedWith!: string;

  @ApiProperty({ description: 'A call that shows it.', example: '/usage?keyId=key_1&endpoint=%2Fv1%2Forders' })
  usage!: string;
}

export class AdviceGainDto implements Gain {
  @ApiCount('Milliseconds that callers would not wait, all requests together.', 80_500, { required: false })
  latencyMs?: number;

  @ApiCount('Requests that would not fail or be refused.', 903, { required: false })
  requests?: number;

  @ApiCount('Bytes that would not be sent.', 1_200_000, { required: false })
  bytes?: number;

  @ApiProperty({
    description:
      'What the requests cost by the plan of the account, as a decimal string. Left out without requests or a plan, and past the first 20 pieces of advice.',
    required: false,
    type: String,
    example: '12.40',
  })
  cost?: string;

  @ApiProperty({ description: 'The currency of `cost`.', required: false, type: String, example: 'USD' })
  currency?: string;
}

/** What was found when a fault had gone. */
export class AdviceAfterDto {
  @ApiInstant('When it was found to have gone.', '2026-01-14T09:00:00.000Z')
  at!: string;

  @ApiInstant('First instant of what was looked at then.', '2026-01-13T09:00:00.000Z')
  from!: string;

  @ApiInstant('Its end, not included.', '2026-01-14T09:00:00.000Z')
  to!: string;

  @ApiCount('Requests that the figures are of; null where there were none.', 11_900, { nullable: true })
  requests!: number | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'The same figures as in the evidence; null where there were no requests.',
    example: { failedRequests: 12, errorRate: 0.1 },
  })
  figures!: Figures | null;
}

export class AdviceDismissalDto {
  @ApiInstant('When it was dismissed.', '2026-01-13T10:00:00.000Z')
  at!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why; null where no reason was given.', example: null })
  reason!: string | null;
}

export class AdviceDto {
  @ApiProperty({ description: 'The same for the same fault.', example: 'adv_0a1b2c3d4e5f60718293' })
  id!: string;

  @ApiProperty({ enum: ADVICE_TYPES, description: 'The rule that found it.', example: 'error_hot_spot' })
  type!: AdviceType;

  @ApiProperty({ enum: ['low', 'medium', 'high'], description: 'By gain.', example: 'medium' })
  priority!: 'low' | 'medium' | 'high';

  @ApiProperty({ description: 'One line.', example: '8 % of the requests of key_1 to /v1/orders fail' })
  title!: string;

  @ApiProperty({ description: 'What is wrong, and what makes it go away.', example: '903 of 12040 requests failed.' })
  message!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The key; null: all of them.', example: 'key_1' })
  keyId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The endpoint; null: all.', example: '/v1/orders' })
  endpoint!: string | null;

  @ApiProperty({ type: AdviceEvidenceDto, description: 'What shows it.' })
  evidence!: AdviceEvidenceDto;

  @ApiProperty({ type: AdviceGainDto, description: 'What is gained when it goes away, over the same window.' })
  gain!: AdviceGainDto;

  @ApiProperty({
    enum: ADVICE_STATES,
    description: 'Dismissed by somebody, resolved where the newest hours show it no more, else open.',
    example: 'open',
  })
  state!: AdviceState;

  @ApiInstant('When it was found first, or again after it was resolved.', '2026-01-12T00:00:00.000Z')
  since!: string;

  @ApiProperty({ type: AdviceAfterDto, nullable: true, description: 'Of resolved advice, what was there instead.' })
  after!: AdviceAfterDto | null;

  @ApiProperty({ type: AdviceDismissalDto, nullable: true, description: 'Of dismissed advice, when and why.' })
  dismissed!: AdviceDismissalDto | null;
}

export class AdviceTypeDto {
  @ApiProperty({ enum: ADVICE_TYPES, description: 'The rule.', example: 'throttling' })
  type!: AdviceType;

  @ApiProperty({ description: 'What it finds.', example: 'A key of which many requests are refused for its limit.' })
  description!: string;

  @ApiProperty({ type: Object, description: 'From when on it speaks.', example: { minimumThrottled: 50 } })
  thresholds!: Readonly<Record<string, number>>;
}

export class AdviceResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: [AdviceDto], description: 'By gain, the largest first; at most 1,000.' })
  advice!: AdviceDto[];

  @ApiProperty({ type: [AdviceTypeDto], description: 'All rules with their thresholds.' })
  types!: AdviceTypeDto[];

  @ApiInstant('When it was answered.', '2026-01-13T10:15:30.000Z')
  timestamp!: string;
}

/** One piece of advice. */
export class OneAdviceDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ type: AdviceDto, description: 'The advice.' })
  advice!: AdviceDto;

  @ApiProperty({ description: 'Whose it is.', example: 'acme' })
  accountId!: string;

  @ApiInstant('When it was answered.', '2026-01-13T10:15:30.000Z')
  timestamp!: string;
}
