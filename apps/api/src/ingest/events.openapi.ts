/** The body of `POST /events` in the OpenAPI document; it differs by content type, which a DTO cannot say. */
import { type ApiOperationOptions, getSchemaPath } from '@nestjs/swagger';
import { EventDto, EventsDto } from './dto/event.dto';

const OK_EVENT = {
  id: '01968f3e-7c1a-7b30-9d42-6a1f0e5c2b88',
  timestamp: '2026-03-02T10:15:30.000Z',
  method: 'GET',
  endpoint: '/v1/users/42?page=2',
  statusCode: 200,
  latencyMs: 42.5,
  responseBytes: 2048,
};

const FAILED_EVENT = { method: 'POST', endpoint: '/v1/orders', statusCode: 503, latencyMs: 1200 };

export const SEND_EVENTS_BODY: ApiOperationOptions['requestBody'] = {
  description: 'One event or many, plain or gzip.',
  required: true,
  content: {
    'application/json': {
      schema: {
        oneOf: [
          { $ref: getSchemaPath(EventDto) },
          { type: 'array', items: { $ref: getSchemaPath(EventDto) }, minItems: 1, maxItems: 10_000 },
          { $ref: getSchemaPath(EventsDto) },
        ],
      },
      examples: {
        minimal: {
          summary: 'One event: the time is now, the key the calling one',
          value: { method: 'GET', endpoint: '/v1/users/{id}', statusCode: 200, latencyMs: 42.5 },
        },
        array: { summary: 'An array', value: [OK_EVENT, FAILED_EVENT] },
        object: { summary: 'An object', value: { events: [OK_EVENT, FAILED_EVENT] } },
      },
    },
    'application/x-ndjson': {
      schema: { type: 'string', description: 'One event, as JSON, a line; blank lines are skipped.' },
      examples: {
        lines: {
          summary: 'One event a line',
          value: `${JSON.stringify(OK_EVENT)}\n${JSON.stringify(FAILED_EVENT)}\n`,
        },
      },
    },
  },
};
