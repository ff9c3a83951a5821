/** Walks every route of every controller and fails on one that does not say who may call it, or changes things unseen. */
import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { AUDIT_ACTIONS } from './audit/audit-entry';
import { AUDITED, type AuditedRoute } from './audit/audited.decorator';
import { ANY, PERMISSION, PUBLIC } from './auth/secured.decorator';
import { PERMISSIONS } from './auth/key';

type Handler = (...args: unknown[]) => unknown;
type Controller = (new (...args: never[]) => object) & { name: string };

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.controller.ts'),
);

const controllers = files.flatMap((file) => {
  const exported = jest.requireActual<Record<string, unknown>>(join(__dirname, file));
  return Object.values(exported).filter(
    (value): value is Controller => typeof value === 'function' && Reflect.hasMetadata('path', value),
  );
});

const routes = controllers.flatMap((controller) => {
  const handlers = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype))
    .map(([name, { value }]) => ({ name: `${controller.name}.${name}`, handler: value as Handler }))
    .filter(({ handler }) => typeof handler === 'function' && Reflect.hasMetadata('method', handler));
  return handlers.map(({ name, handler }) => ({ name, controller, handler }));
});

it('finds the controllers', () => {
  expect(controllers.length).toBe(files.length);
  expect(routes.length).toBeGreaterThan(files.length);
});

it.each(routes)('$name declares who may call it', ({ controller, handler }) => {
  const declared = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
  const permission = declared(PERMISSION);
  if (declared(PUBLIC) === true) expect(permission).toBeUndefined();
  else expect([...PERMISSIONS, ANY]).toContain(permission);
});

/** Routes that change something and are not audited, with the reason. */
const NOT_AUDITED = new Map([
  ['EventsController.sendEvents', 'what is sent is counted, not managed'],
  ['SqlController.query', 'it changes nothing; the log names its key'],
  ['RulesController.preview', 'it stores nothing'],
  ['PreviewController.preview', 'it stores nothing'],
]);

const auditOf = (handler: Handler): AuditedRoute | undefined =>
  Reflect.getMetadata(AUDITED, handler) as AuditedRoute | undefined;

const changing = routes.filter(({ handler }) => Reflect.getMetadata('method', handler) !== RequestMethod.GET);

it.each(changing)('$name is audited, or listed as not', ({ name, handler }) => {
  expect(auditOf(handler) === undefined).toBe(NOT_AUDITED.has(name));
});

it('has a route for each action of the audit log, but for refused sign-ins', () => {
  const actions = routes.flatMap(({ handler }) => auditOf(handler)?.action ?? []);
  expect([...actions, 'sign_in.refused'].sort()).toEqual([...AUDIT_ACTIONS].sort());
});
