/**
 * Documents the fields of answers: each decorator stands for an `ApiProperty` of its kind.
 *
 *     \@ApiCount('Requests answered 429.', 41)
 *     throttledRequests!: number;
 */
import { ApiProperty } from '@nestjs/swagger';

interface More {
  /** @default false */
  nullable?: boolean;
  /** @default true */
  required?: boolean;
}

export function ApiSuccess(): PropertyDecorator {
  return ApiProperty({ type: Boolean, enum: [true], description: 'Always true.', example: true });
}

/** A whole number, which can be past 2^53. */
export function ApiCount(description: string, example: number | null, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: 'integer', format: 'int64', description, ...more, example });
}

/** A number that need not be whole. */
export function ApiNumber(description: string, example: number | null, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: Number, description, ...more, example });
}

/** An instant, ISO 8601 UTC. */
export function ApiInstant(description: string, example: string | null, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: String, format: 'date-time', description, ...more, example });
}

/** Milliseconds. */
export function ApiLatency(description: string, example: number, more: More = {}): PropertyDecorator {
  const always = 'Null where no request had a status other than 101 and 429.';
  return ApiNumber(`${description} ${always}`, example, { nullable: true, ...more });
}

/** A percentile of latency in milliseconds. */
export function ApiPercentile(percent: number, example: number, more: More = {}): PropertyDecorator {
  return ApiLatency(`${percent}th percentile of latency in milliseconds.`, example, more);
}
