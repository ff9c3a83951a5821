import { applyDecorators } from '@nestjs/common';
import { didYouMean, ianaZone, ianaZones } from '@meterhouse/common';
import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { quoted } from '../../http/fields';

/** A zone of the IANA database, in its usual spelling. */
export function IsTimezone(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (ianaZone(value) ?? value) : value)),
    ValidateBy({
      name: 'isTimezone',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && ianaZone(value) !== null,
        defaultMessage: (given?: ValidationArguments) =>
          `timezone should be a zone of the IANA database, such as Europe/Berlin, but is ${quoted(given?.value)}.${didYouMean(given?.value, ianaZones())}`,
      },
    }),
  );
}
