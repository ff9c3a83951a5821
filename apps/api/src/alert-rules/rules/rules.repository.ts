import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { DocumentsRepository } from '../stored/documents.repository';
import type { Rule } from './rule';

@Injectable()
export class RulesRepository extends DocumentsRepository<Rule> {
  constructor(clickhouse: ClickHouse) {
    super(clickhouse, 'alert_rules');
  }
}
