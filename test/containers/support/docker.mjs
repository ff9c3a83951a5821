/** What `npm run test:containers` asks of Docker itself. */
import { spawnSync } from 'node:child_process';

/** No command takes longer: a registry that cannot be reached, or is too slow, ends here. */
const COMMAND_MS = 180_000;

/** Why an image cannot be had, by its name; undefined for those that are there. */
const pulled = new Map();

/** Runs a command. Returns its output, or the last line of what it complained about. */
export function docker(...args) {
  const { status, stdout, stderr, error } = spawnSync('docker', args, { encoding: 'utf8', timeout: COMMAND_MS });
  if (status === 0) return { output: stdout.trim() };
  if (error?.code === 'ENOENT') return { error: 'the command docker is not installed' };
  if (error?.code === 'ETIMEDOUT') return { error: `no answer within ${COMMAND_MS / 1_000} s` };
  return { error: error?.message ?? stderr.trim().split('\n').at(-1) };
}

/** Makes sure of an image, asking for it once. Returns why it cannot be had; undefined when it is there. */
export function pull(image) {
  if (!pulled.has(image)) {
    const there = docker('image', 'inspect', image).error === undefined;
    const { error } = there ? {} : docker('pull', '--quiet', image);
    pulled.set(image, error === undefined ? undefined : `the image ${image} cannot be pulled: ${error}`);
  }
  return pulled.get(image);
}

/** Removes the containers, volumes and networks that have a label. */
export function removeLabelled(label) {
  for (const [kind, all, ...removal] of [
    ['container', ['--all'], '--force', '--volumes'],
    ['volume', []],
    ['network', []],
  ]) {
    const { output = '' } = docker(kind, 'ls', ...all, '--quiet', '--filter', `label=${label}`);
    if (output !== '') docker(kind, 'rm', ...removal, ...output.split('\n'));
  }
}
