import { IngestMetrics } from '../ingest/ingest-metrics';
import { Metrics } from './metrics';

describe('Metrics', () => {
  let metrics: Metrics;

  beforeEach(() => {
    metrics = new Metrics();
  });

  afterEach(() => metrics.onApplicationShutdown());

  it('shows what was registered, under the prefix of the service', async () => {
    metrics.counter('calls_total', 'Calls.', ['kind']).inc({ kind: 'a' }, 2);
    metrics.histogram('call_seconds', 'Times.', [], [1]).observe(0.5);
    const text = await metrics.text();
    expect(text).toContain('meterhouse_calls_total{kind="a"} 2');
    expect(text).toContain('meterhouse_call_seconds_bucket{le="1"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('reads a gauge at each scrape', async () => {
    let waiting = 3;
    metrics.gauge('waiting_rows', 'Rows that wait.', () => waiting);
    expect(await metrics.text()).toContain('meterhouse_waiting_rows 3');
    waiting = 5;
    expect(await metrics.text()).toContain('meterhouse_waiting_rows 5');
  });

  it('keeps two services of one process apart', async () => {
    const other = new Metrics();
    metrics.counter('calls_total', 'Calls.').inc();
    expect(await other.text()).not.toContain('calls_total');
    other.onApplicationShutdown();
  });

  it('counts events by outcome over all calls', async () => {
    const ingest = new IngestMetrics(metrics);
    ingest.record({ accepted: 2, duplicate: 1, rejected: 0 });
    ingest.record({ accepted: 3, duplicate: 0, rejected: 4 });
    const text = await metrics.text();
    expect(text).toContain('meterhouse_ingest_events_total{outcome="accepted"} 5');
    expect(text).toContain('meterhouse_ingest_events_total{outcome="duplicate"} 1');
    expect(text).toContain('meterhouse_ingest_events_total{outcome="rejected"} 4');
  });
});
