/**
 * Who may read what in the embedded engine, as the engine's own configuration. It has one user; a handle of the service
 * has both roles of it, and one that runs a caller's statement only `caller`: `SELECT` on the views of `meterhouse_bi`.
 * Row policies on the tables behind those views leave a handle with a caller's tag the rows of one account. They are on
 * the tables, where they come before any condition of the statement, so that not even an error can tell of other rows.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The database of the views that callers read. */
export const VIEWS_DATABASE = 'meterhouse_bi';

/** The role of a handle that runs a caller's statement. */
export const CALLER_ROLE = 'caller';

/** The tables behind the views; each has a column `account_id`. */
export const READ_BY_VIEWS = ['events', 'traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day', 'keys'] as const;

const TAG = 'caller ';

/** The length of a tag before its account: the word, an id of 36 characters, a space. */
const TAG_HEAD = TAG.length + 36 + 1;

/**
 * What `log_comment` is on a caller's handle: it names the statement, so that it can be ended, and says whose rows it may
 * read. No other handle's comment begins like it.
 * @param id a UUID
 */
export function callerTag(id: string, account: string): string {
  return `${TAG}${id} ${account}`;
}

/** The condition of the row policies, which the engine evaluates once a statement but for the comparison. */
const OWN_ROWS =
  `NOT startsWith(getSetting('log_comment'), '${TAG}') ` +
  `OR account_id = substring(getSetting('log_comment'), ${TAG_HEAD + 1})`;

const policies = READ_BY_VIEWS.map((table) => `<${table}><filter>${OWN_ROWS}</filter></${table}>`).join('\n        ');

const USERS = `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <roles>
    <service><grants><query>GRANT ALL ON *.* WITH GRANT OPTION</query></grants></service>
    <${CALLER_ROLE}><grants><query>GRANT SELECT ON ${VIEWS_DATABASE}.*</query></grants></${CALLER_ROLE}>
  </roles>
  <users>
    <default>
      <password></password>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT service</query><query>GRANT ${CALLER_ROLE}</query></grants>
      <databases><default>
        ${policies}
      </default></databases>
    </default>
  </users>
</clickhouse>
`;

/** No row is dropped because its time is over, which the engine else does as soon as it has loaded a table. */
const RESTING =
  '<merge_tree><max_number_of_merges_with_ttl_in_pool>0</max_number_of_merges_with_ttl_in_pool></merge_tree>';

/** Writes the configuration into the data folder and returns the argument with which the engine reads it. */
export async function configArgument(path: string, resting: boolean): Promise<string> {
  const folder = join(path, 'access');
  const [config, users] = [join(folder, 'config.xml'), join(folder, 'users.xml')];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(users, USERS, { mode: 0o600 });
  const access = `<users_config>${escapedXml(users)}</users_config>`;
  await writeFile(config, `<clickhouse>${access}${resting ? RESTING : ''}</clickhouse>\n`, { mode: 0o600 });
  return `--config-file=${config}`;
}

function escapedXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
