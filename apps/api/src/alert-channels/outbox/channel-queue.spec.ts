import fc from 'fast-check';
import type { StoredNotification } from '../notification';
import { ChannelQueue } from './channel-queue';

const aNotification = (changes: Partial<StoredNotification>): StoredNotification => ({
  id: 'ntf_1',
  channelId: 'chn_1',
  accountId: 'acme',
  alertId: 'alr_1',
  kind: 'firing',
  at: 0,
  version: 1,
  status: 'pending',
  attempts: 0,
  lastAttemptAt: null,
  nextAttemptAt: 0,
  ...changes,
});

const queueOf = (...notifications: StoredNotification[]): ChannelQueue => {
  const queue = new ChannelQueue('chn_1', 'acme');
  for (const notification of notifications) queue.add(notification);
  return queue;
};

const over = (notification: StoredNotification): StoredNotification => ({ ...notification, nextAttemptAt: null });

it('sends what belongs to an alert in its order, one after the other, whenever it was added', () => {
  const firing = aNotification({ id: 'a', at: 5, kind: 'firing' });
  const resolved = aNotification({ id: 'b', at: 5, kind: 'resolved' });
  const queue = queueOf(resolved, firing);
  expect(queue.due(10)).toBe(firing);
  queue.begin(firing);
  expect(queue.due(10)).toBeUndefined();
  queue.end(firing, { ...firing, nextAttemptAt: 100 });
  // It waits for its retry, and what comes after waits for it.
  expect(queue.due(99)).toBeUndefined();
  expect(queue.due(100)).toMatchObject({ id: 'a' });
  queue.begin(firing);
  queue.end(firing, over(firing));
  expect(queue.due(10)).toBe(resolved);
});

it('sends of several alerts what is due for longest', () => {
  const queue = queueOf(
    aNotification({ id: 'a', alertId: 'alr_1', nextAttemptAt: 3 }),
    aNotification({ id: 'b', alertId: 'alr_2', nextAttemptAt: 2 }),
  );
  expect(queue.due(1)).toBeUndefined();
  expect(queue.due(3)).toMatchObject({ id: 'b' });
});

it('sends nothing while it pauses', () => {
  const queue = queueOf(aNotification({}));
  queue.pause(100);
  queue.pause(50);
  expect(queue.due(99)).toBeUndefined();
  expect(queue.due(100)).toBeDefined();
});

it('takes the same one once', () => {
  const queue = queueOf(aNotification({}), aNotification({}));
  expect(queue.waiting).toBe(1);
});

it('drops what was delivered and is only repeated, as soon as the alert has news', () => {
  const repeated = aNotification({ id: 'a', status: 'delivered', nextAttemptAt: 50 });
  const queue = queueOf(repeated);
  expect(queue.takeOutdated()).toEqual([]);
  const resolved = aNotification({ id: 'b', at: 1, kind: 'resolved' });
  queue.begin(repeated);
  queue.add(resolved);
  expect(queue.takeOutdated()).toEqual([]);
  queue.end(repeated, undefined);
  expect(queue.takeOutdated()).toEqual([repeated]);
  expect(queue.due(1)).toBe(resolved);
});

it('sends everything, each alert in order, whatever fails on the way', () => {
  const added = fc.uniqueArray(fc.record({ id: fc.uuid(), alert: fc.nat(3), at: fc.nat(20), failures: fc.nat(2) }), {
    selector: ({ id }) => id,
    maxLength: 30,
  });
  fc.assert(
    fc.property(added, (list) => {
      const queue = queueOf(...list.map(({ id, alert, at }) => aNotification({ id, alertId: `alr_${alert}`, at })));
      const failures = new Map(list.map(({ id, failures: count }) => [id, count]));
      const sent: StoredNotification[] = [];
      for (let now = 0; !queue.isEmpty; now++) {
        for (let next = queue.due(now); next; next = queue.due(now)) {
          queue.begin(next);
          const left = failures.get(next.id) ?? 0;
          failures.set(next.id, left - 1);
          queue.end(next, left > 0 ? { ...next, nextAttemptAt: now + 1 } : over(next));
          if (left <= 0) sent.push(next);
        }
      }
      expect(sent.map(({ id }) => id).sort()).toEqual(list.map(({ id }) => id).sort());
      for (const alertId of new Set(sent.map((each) => each.alertId))) {
        const ats = sent.filter((each) => each.alertId === alertId).map(({ at }) => at);
        expect(ats).toEqual([...ats].sort((a, b) => a - b));
      }
    }),
  );
});
