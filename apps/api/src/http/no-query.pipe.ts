import { Injectable, type PipeTransform } from '@nestjs/common';
import { ApiException } from './api-exception';

/** For routes without query parameters: refuses every one instead of ignoring it. */
@Injectable()
export class NoQueryPipe implements PipeTransform<object> {
  /** @throws ApiException INVALID_PARAMETERS naming the parameters */
  transform(query: object): object {
    const details = Object.keys(query)
      .slice(0, 20)
      .map((name) => {
        const field = name.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
        return { field, message: `"${field}" is not known here.` };
      });
    if (details.length === 0) return query;
    throw new ApiException('INVALID_PARAMETERS', details.map(({ message }) => message).join(' '), details);
  }
}
