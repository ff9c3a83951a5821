/** Lets clients cache answers: `ETag`, `Cache-Control`, and 304 for a client whose copy is current. */
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, map } from 'rxjs';
import { etagOf, matchesEtag } from '../../http/etag';
import { toJson } from '../../http/json';
import { varyBy } from '../../http/vary';
import type { UsageResponseDto } from './dto/usage-response.dto';

/** A window that has ended changes only by late events. */
const CLOSED = 'private, max-age=300';
const OPEN = 'private, max-age=2';

@Injectable()
export class UsageCacheInterceptor implements NestInterceptor<UsageResponseDto, string | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<UsageResponseDto>): Observable<string | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        const etag = figuresEtagOf(answer);
        void reply.headers({ etag, 'cache-control': isClosed(answer) ? CLOSED : OPEN });
        varyBy(reply, 'authorization', 'x-api-key');
        if (matchesEtag(request.headers['if-none-match'], etag)) {
          void reply.status(304);
          return undefined;
        }
        void reply.header('content-type', 'application/json; charset=utf-8');
        return toJson(answer);
      }),
    );
  }
}

/** Whether the window has ended and all that was accepted by then is counted. */
function isClosed({ period, timestamp }: UsageResponseDto): boolean {
  return period.complete && period.to < timestamp;
}

/** Weak: it stands for the figures of the window, not for rate limits, alerts and times that change with every call. */
function figuresEtagOf(answer: UsageResponseDto): string {
  const { rateLimits: _limits, alerts: _alerts, timestamp: _at, period, ...figures } = answer;
  const { watermark: _watermark, ...window } = period;
  return `W/${etagOf(toJson({ ...figures, window }))}`;
}
