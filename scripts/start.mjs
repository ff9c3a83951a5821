#!/usr/bin/env node
/** `npm start [-- --demo]`: installs and builds what is needed, then serves until it is stopped. */
import { demoAdminKey, loadDemo, readyUrl } from './lib/demo.mjs';
import { prepare } from './lib/prepare.mjs';
import { ScriptError, finished, runMain, serviceEntry, serviceEnvironment, spawnNode } from './lib/project.mjs';

/** The service ends when it closes, as it does when this process is killed. */
const CHANNEL = 'ipc';

await runMain(async () => {
  const demo = parseArguments(process.argv.slice(2));
  const key = demo ? demoAdminKey() : undefined;
  await prepare();
  return key ? serveWithDemo(key) : serve();
});

function parseArguments(args) {
  const unknown = args.find((arg) => arg !== '--demo');
  if (unknown !== undefined) {
    throw new ScriptError(`"${unknown}" is not known here. Usage: npm start [-- --demo]`, 2);
  }
  return args.length > 0;
}

function serve() {
  return forwardingSignals(spawnNode(serviceEntry, [], { stdio: ['inherit', 'inherit', 'inherit', CHANNEL] }));
}

async function serveWithDemo(key) {
  const service = spawnNode(serviceEntry, [], {
    stdio: ['ignore', 'pipe', 'inherit', CHANNEL],
    env: { ...serviceEnvironment, ADMIN_KEY: key.adminKey },
  });
  const ended = forwardingSignals(service);
  const url = await Promise.race([readyUrl(service), ended.then(() => undefined)]);
  if (url !== undefined) await loadDemo(url, key);
  return ended;
}

/**
 * Hands the first signal to stop on to the service and resolves to its exit code. Ctrl-C in a terminal reaches the
 * service by itself too; it takes the second copy for the same one.
 */
function forwardingSignals(service) {
  let forwarded = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!forwarded) service.kill(signal);
      forwarded = true;
    });
  }
  return finished(service);
}
