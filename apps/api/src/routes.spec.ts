/** Walks every route of every controller and fails on one that does not say who may call it. */
import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSION, PUBLIC } from './auth/secured.decorator';
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
  else expect(PERMISSIONS).toContain(permission);
});
