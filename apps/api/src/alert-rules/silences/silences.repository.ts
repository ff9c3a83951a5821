import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { DocumentsRepository } from '../stored/documents.repository';
import type { Silence } from './silence';

@Injectable()
export class SilencesRepository extends DocumentsRepository<Silence> {
  constructor(clickhouse: ClickHouse) {
    super(clickhouse, 'alert_silences');
  }
}
