/** Writes answers, and lets clients cache them: `ETag`, `Cache-Control`, and 304 for a client whose copy is current. */
import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Slices } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, concatMap } from 'rxjs';
import { clientGone } from '../../admission/client-gone';
import type { Authenticated } from '../../auth/identity';
import { etagOf, matchesEtag } from '../../http/etag';
import { jsonPieces, toJson } from '../../http/json';
import { varyBy } from '../../http/vary';
import type { UsageResponseDto } from './dto/usage-response.dto';

/** A window that has ended changes only by late events. */
const CLOSED = 'private, max-age=300';
const OPEN = 'private, max-age=2';

/** Not in the tag, since it changes with every call; of the period that is the watermark alone. */
const PASSING: readonly string[] = ['rateLimits', 'alerts', 'timestamp', 'period'] satisfies (keyof UsageResponseDto)[];

@Injectable()
export class UsageCacheInterceptor implements NestInterceptor<UsageResponseDto, Buffer | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<UsageResponseDto>): Observable<Buffer | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & Authenticated>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(concatMap((answer) => this.write(answer, request, reply)));
  }

  /** The body of the answer; undefined where the client has it. */
  private async write(
    answer: UsageResponseDto,
    request: FastifyRequest & Authenticated,
    reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const slices = new Slices(request.identity?.accountId ?? null, clientGone(reply.raw));
    const { body, etag } = await written(answer, slices);
    void reply.headers({ etag, 'cache-control': isClosed(answer) ? CLOSED : OPEN });
    varyBy(reply, 'authorization', 'x-api-key');
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      void reply.status(304);
      return undefined;
    }
    void reply.header('content-type', 'application/json; charset=utf-8');
    return Buffer.concat(body);
  }
}

/** Whether the window has ended and all that was accepted by then is counted. */
function isClosed({ period, timestamp }: UsageResponseDto): boolean {
  return period.complete && period.to < timestamp;
}

/**
 * The pieces of an answer as JSON, and its tag, in slices: an answer may have 18 MB. The tag is weak, for it stands for the
 * figures of the window alone.
 */
async function written(answer: UsageResponseDto, slices: Slices): Promise<{ body: Buffer[]; etag: string }> {
  const { watermark: _watermark, ...window } = answer.period;
  const hash = createHash('sha256').update(toJson(window));
  const body: Buffer[] = [];
  await slices.each(piecesOf(answer), ({ text, isFigure }) => {
    const piece = Buffer.from(text);
    body.push(piece);
    if (isFigure) hash.update(piece);
  });
  return { body, etag: `W/${etagOf(hash)}` };
}

function* piecesOf(answer: UsageResponseDto): Generator<{ text: string; isFigure: boolean }> {
  let before = '{';
  for (const [name, value] of Object.entries(answer) as [string, unknown][]) {
    const isFigure = !PASSING.includes(name);
    yield { text: `${before}"${name}":`, isFigure };
    for (const text of jsonPieces(value)) yield { text, isFigure };
    before = ',';
  }
  yield { text: '}', isFigure: false };
}
