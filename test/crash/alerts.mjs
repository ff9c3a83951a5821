/**
 * `npm run test:crash -- --mode alerts`: kills the service with SIGKILL at random moments while alert rules begin to fire and
 * are resolved, before a receiver that answers slowly, with errors, or not at all. In the end every alert that fired has told
 * the receiver so under one id, and every end of one likewise; and what fires is what should.
 */
import http from 'node:http';
import { seeded, startService, temporaryFolder } from '../../bench/lib.mjs';

const RULES = 10;
/** Milliseconds between a start and the kill: rules are evaluated for the first time five seconds after a start. */
const SHORTEST_LIFE = 4_500;
const LONGEST_LIFE = 8_500;
/** How long it may take in the end until everything is told: a receiver that refused is asked again after some seconds. */
const PATIENCE = 90_000;

/** @returns whether nothing was lost and nothing was told under two ids */
export async function crashAlerts(kills, seed) {
  const random = seeded(seed);
  const receiver = await Receiver.open(random);
  const dataDir = temporaryFolder();
  // It may tell a receiver on this machine.
  const start = () => startService(dataDir, { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' });
  const rules = await prepare(start, receiver);
  for (let kill = 1; kill <= kills; kill++) {
    const service = await start();
    const life = new Promise((resolve) =>
      setTimeout(resolve, SHORTEST_LIFE + random() * (LONGEST_LIFE - SHORTEST_LIFE)),
    );
    await sendEvents(service);
    // Half of the rules are switched, so that their alerts begin or end.
    await Promise.all(rules.filter(() => random() < 0.5).map((rule) => change(service, rule, !rule.enabled)));
    await life;
    await service.kill();
    if (kill % 10 === 0 || kill === kills) {
      process.stdout.write(`${kill} kills, ${receiver.told.size} notifications received, ${receiver.calls} calls\n`);
    }
  }
  const service = await start();
  await sendEvents(service);
  // What had no answer is in doubt: it is said again.
  for (const rule of rules) await change(service, rule, rule.enabled);
  const faults = await settled(service, rules, receiver);
  await service.stop();
  receiver.close();
  process.stdout.write(
    faults.length === 0
      ? `Every firing and every resolution arrived, each under one id: ${receiver.told.size} notifications.\n`
      : `${faults.join('\n')}\n`,
  );
  return faults.length === 0;
}

/** Makes the channel and the rules, which fire on any request of the last minutes. */
async function prepare(start, receiver) {
  const service = await start();
  const made = await call(service, 'POST', '/alerts/channels', {
    name: 'Receiver',
    type: 'webhook',
    target: receiver.url,
  });
  const rules = [];
  for (let number = 0; number < RULES; number++) {
    const condition = { type: 'threshold', operator: 'above', value: 0 };
    const body = { name: `Rule ${number}`, metric: 'requests', window: '5m', condition, enabled: false };
    const { rule } = await call(service, 'POST', '/alerts/rules', { ...body, channels: [made.channel.id] });
    rules.push({ id: rule.id, enabled: false });
  }
  await service.stop();
  return rules;
}

function sendEvents(service) {
  return call(service, 'POST', '/events?wait=true', {
    method: 'GET',
    endpoint: '/crash',
    statusCode: 200,
    latencyMs: 1,
  });
}

/** A change whose answer is lost is made again at the next chance. */
async function change(service, rule, enabled) {
  rule.enabled = enabled;
  await call(service, 'PATCH', `/alerts/rules/${rule.id}`, { enabled }).catch(() => undefined);
}

/** Waits until all is told; returns what is still wrong then, in a sentence each. */
async function settled(service, rules, receiver) {
  for (const until = Date.now() + PATIENCE; ; await new Promise((resolve) => setTimeout(resolve, 2_000))) {
    await sendEvents(service);
    const faults = compare(await allAlerts(service), rules, receiver);
    if (faults.length === 0 || Date.now() > until) return faults;
  }
}

function compare(alerts, rules, receiver) {
  const faults = [...receiver.faults];
  const expect = (alert, type) => {
    const ids = receiver.idsOf(alert.id, type);
    if (ids.length !== 1) faults.push(`${type} of ${alert.id} was told under ${ids.length} ids.`);
  };
  for (const alert of alerts) {
    if (alert.firingAt !== null) expect(alert, 'alert.firing');
    if (alert.state === 'resolved' && alert.firingAt !== null) expect(alert, 'alert.resolved');
  }
  for (const { id, enabled } of rules) {
    const firing = alerts.filter(({ ruleId, state }) => ruleId === id && state === 'firing').length;
    if (firing !== Number(enabled))
      faults.push(`The rule ${id} is ${enabled ? 'enabled' : 'disabled'} and has ${firing} firing alerts.`);
  }
  const known = new Set(alerts.map(({ id }) => id));
  for (const { alertId } of receiver.told.values())
    if (!known.has(alertId)) faults.push(`${alertId} was told and is not listed.`);
  return faults;
}

async function allAlerts(service) {
  const alerts = [];
  for (;;) {
    const page = await call(service, 'GET', `/alerts?limit=1000&offset=${alerts.length}`);
    alerts.push(...page.alerts);
    if (!page.pagination.hasMore) return alerts;
  }
}

async function call(service, method, path, body) {
  const response = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${service.adminKey}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Takes notifications: slowly, with an error or a lost answer the first time, and then well. */
class Receiver {
  calls = 0;
  faults = [];
  /** What was told, by its id. */
  told = new Map();
  refused = new Set();

  static async open(random) {
    const receiver = new Receiver();
    receiver.server = http.createServer((request, response) => {
      let text = '';
      request.on('data', (part) => (text += part));
      request.on('end', () => receiver.take(request.headers['webhook-id'], text, response, random));
    });
    await new Promise((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    receiver.url = `http://127.0.0.1:${receiver.server.address().port}/`;
    return receiver;
  }

  take(id, text, response, random) {
    this.calls++;
    const { type, data } = JSON.parse(text);
    const told = { type, alertId: data.alert.id };
    const before = this.told.get(id);
    if (before && (before.type !== told.type || before.alertId !== told.alertId))
      this.faults.push(`${id} told two things.`);
    const luck = random();
    if (luck < 0.2 && !this.refused.has(id)) {
      this.refused.add(id);
      response.writeHead(500).end();
      return;
    }
    this.told.set(id, told);
    // It has what it was told; the service does not know it.
    if (luck < 0.3 && !this.refused.has(id)) {
      this.refused.add(id);
      response.destroy();
      return;
    }
    setTimeout(() => response.writeHead(204).end(), random() * 1_000);
  }

  idsOf(alertId, type) {
    return [...this.told].filter(([, told]) => told.alertId === alertId && told.type === type).map(([id]) => id);
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
