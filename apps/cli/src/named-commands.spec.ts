/** What messages, help texts, comments and documents name is there: commands as they stand, scripts, files of tests. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from './program';

const ROOT = resolve(__dirname, '../../..');
const FOLDERS = ['apps', 'libs', 'scripts', 'clickhouse', 'docs', 'test', 'bench'];
const FILES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** What stands between `meterhouse` and the end of the command: its arguments, some of them quoted. */
const COMMAND = /(?:[`"'$|] ?|npx )meterhouse ((?:"[^"\n]*"|[\w./:=<>-]| (?=["\w./<-]))+)/g;
const CLI_SCRIPT = /npm run cli -- ((?:"[^"\n]*"|[\w./:=<>-]| (?=["\w./<-]))+)/g;
const SCRIPT = /npm (?:run )?(?:--silent )?((?<=run (?:--silent )?)[a-z][a-z:]*|start|test)\b/g;
const TEST_FILE = /\b((?:apps|libs|test)\/[\w./-]+\.(?:e2e-)?spec\.ts)\b/g;

/** A command with the place where it is named. */
interface Mention {
  place: string;
  command: string;
}

function sources(): { name: string; text: string }[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return [...FILES, ...inFolders]
    .filter((name) => /\.(ts|mjs|sql|md)$/.test(name) && !name.endsWith('named-commands.spec.ts'))
    .map((name) => ({ name, text: readFileSync(join(ROOT, name), 'utf8').replace(/ *\\\n */g, ' ') }));
}

function mentions(pattern: RegExp): Mention[] {
  return sources().flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map((match) => ({
      place: `${name}:${text.slice(0, match.index).split('\n').length}`,
      command: (match[1] ?? '').trim(),
    })),
  );
}

/**
 * Parses the arguments as the program does, without doing anything. A command that is named alone need not be complete.
 * @returns what the program says where it refuses them
 */
function refusalOf(command: string): string | null {
  let said = '';
  const say = (text: string): void => void (said += text);
  const program = buildProgram({ env: {}, out: say, err: say });
  leavesOf(program).forEach((leaf) => leaf.action(() => undefined));
  try {
    program.parse(argumentsOf(command), { from: 'user' });
    return null;
  } catch {
    const asksForHelp = /^(--help|help)\b/.test(command);
    const lacksMore = !command.includes(' -') && /missing required argument|required option/.test(said);
    return asksForHelp || lacksMore ? null : said;
  }
}

function argumentsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

describe('what the code and the documents name', () => {
  it.each([
    ['reconcile', null],
    ['maintenance reconcile', /unknown command 'maintenance'/],
    ['keys list --nam website', /unknown option '--nam'/],
    ['keys create', null],
    ['keys create --tier free', /required option '--name/],
    ['keys create --name website --tier none', /choices/],
    ['events delete --account "my account" --yes', null],
  ])('meterhouse %s is judged as the program does', (command, refusal) => {
    if (refusal === null) expect(refusalOf(command)).toBeNull();
    else expect(refusalOf(command)).toMatch(refusal);
  });

  it('as a command of meterhouse can be called', () => {
    const named = [...mentions(COMMAND), ...mentions(CLI_SCRIPT)];
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ command }) => refusalOf(command) !== null)).toEqual([]);
  });

  it('as a file of tests is there', () => {
    const named = mentions(TEST_FILE);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ command }) => !existsSync(join(ROOT, command)))).toEqual([]);
  });

  it('as a script of npm is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const named = mentions(SCRIPT).filter(({ place }) => !place.includes('.md:'));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ command }) => !(command in scripts))).toEqual([]);
  });
});
