import com.clickhouse.jdbc.DataSourceImpl;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** ClickHouse's JDBC driver, which is what Metabase, DBeaver and Tableau use. */
public class Checks {
  private static final String SLOW =
      "SELECT sum(cityHash64(SHA512(toString(number)))) AS slow FROM numbers(1000000000)";
  private static final String BROKEN = "SELECT intDiv(1, number < 3000000) AS a FROM numbers(4000000)";

  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", "metabase");
    properties.setProperty("password", System.getenv("SQL_KEY"));
    String url = "jdbc:clickhouse:" + System.getenv("SQL_URL") + "/meterhouse_bi";
    try (Connection connection = new DataSourceImpl(url, properties).getConnection()) {
      basics(connection);
    }
    // As Tableau and Metabase set it up.
    properties.setProperty("clickhouse_setting_join_use_nulls", "1");
    properties.setProperty("clickhouse_setting_session_timezone", "Europe/Berlin");
    properties.setProperty("clickhouse_setting_select_sequential_consistency", "1");
    properties.setProperty("clickhouse_setting_session_id", "sess_of_a_tool");
    try (Connection connection = new DataSourceImpl(url, properties).getConnection()) {
      tools(connection);
    }
  }

  private static void basics(Connection connection) {
    check("connect", () -> holds(connection.isValid(5), "isValid"));
    check("schemas", () -> holds(names(connection.getMetaData().getSchemas(), "TABLE_SCHEM").contains("meterhouse_bi"), "schemas"));
    check("tables", () -> {
      DatabaseMetaData data = connection.getMetaData();
      Set<String> tables = names(data.getTables(null, "meterhouse_bi", "%", new String[] {"TABLE", "VIEW"}), "TABLE_NAME");
      holds(tables.containsAll(List.of("events", "keys", "usage_hour")), "tables " + tables);
    });
    check("columns", () -> {
      DatabaseMetaData data = connection.getMetaData();
      Set<String> columns = names(data.getColumns(null, "meterhouse_bi", "usage_hour", "%"), "COLUMN_NAME");
      holds(columns.containsAll(List.of("account_id", "bucket", "requests")), "columns " + columns);
      names(data.getPrimaryKeys(null, "meterhouse_bi", "usage_hour"), "COLUMN_NAME");
      names(data.getFunctions(null, null, "count%"), "FUNCTION_NAME");
      names(data.getTypeInfo(), "TYPE_NAME");
    });
    check("parameters", () -> {
      String query = "SELECT sum(requests) FROM usage_day_endpoint WHERE endpoint = ? AND account_id IN (?, ?)";
      try (var statement = connection.prepareStatement(query)) {
        statement.setString(1, expected("endpoint"));
        statement.setString(2, expected("account"));
        statement.setString(3, "it's\t\\another");
        equal(first(statement.executeQuery()), expected("endpointRequests"));
      }
    });
    check("aggregate", () -> {
      String query =
          "SELECT sum(requests), account_id, sum(latency_sum_ms), max(bucket), any(toNullable(key_id)) FROM usage_hour GROUP BY account_id";
      equal(first(query(connection, query)), expected("requests"));
    });
    check("percentiles", () -> {
      String query = "SELECT p95 FROM latency(account = '', from = ?, to = ?) WHERE endpoint = ?";
      try (var statement = connection.prepareStatement(query)) {
        statement.setString(1, expected("from"));
        statement.setString(2, expected("to"));
        statement.setString(3, expected("endpoint"));
        double wanted = Double.parseDouble(expected("p95"));
        double p95 = Double.parseDouble(first(statement.executeQuery()));
        holds(Math.abs(p95 - wanted) <= 0.007 * wanted, p95 + " is not " + wanted);
      }
    });
    check("empty", () -> {
      ResultSet rows = query(connection, "SELECT * FROM events WHERE 0");
      equal(rows.getMetaData().getColumnName(1), "account_id");
      holds(!rows.next(), "no rows");
    });
    check("stream", () -> {
      equal(String.valueOf(count(query(connection, "SELECT number FROM numbers(1000000)"))), "1000000");
      equal(String.valueOf(count(query(connection, "SELECT * FROM events LIMIT 1000"))), "1000");
    });
    check("error", () -> {
      SQLException error = failure(() -> query(connection, "SELECT nothing FROM events"));
      equal(String.valueOf(error.getErrorCode()), "47");
      holds(error.getMessage().contains("nothing"), error.getMessage());
      SQLException missing = failure(() -> query(connection, "SELECT * FROM nothing"));
      holds(missing.getMessage().startsWith("Code: 60"), missing.getMessage());
    });
    check("broken", () -> {
      // The driver takes the error's text for values until the connection ends, and then says so.
      failure(() -> count(query(connection, BROKEN)));
    });
    check("cancel", () -> {
      try (Statement statement = connection.createStatement()) {
        Thread cancel =
            new Thread(
                () -> {
                  try {
                    Thread.sleep(2_000);
                    System.out.println("{\"cancelled\":true}");
                    statement.cancel();
                  } catch (Exception error) {
                    report("cancel", false, causes(error));
                  }
                });
        cancel.start();
        SQLException error = failure(() -> statement.executeQuery(SLOW));
        cancel.join();
        equal(String.valueOf(error.getErrorCode()), "394");
      }
    });
  }

  /** What Metabase and DBeaver ask beside what JDBC itself does. */
  private static void tools(Connection connection) {
    List<String> queries =
        List.of(
            "WITH s AS (SELECT version() AS ver, splitByChar('.', ver) AS verSplit) SELECT s.ver, toInt32(verSplit[1]) FROM s",
            "SELECT value='1' FROM system.settings WHERE name='cloud_mode'",
            "SELECT count() = 0 FROM system.clusters WHERE is_local = 0",
            "SELECT timezone() AS tz",
            "SELECT VERSION()",
            "SHOW DATABASES",
            "SELECT name FROM system.table_engines",
            "SELECT name AS TABLE_NAME, engine, * FROM system.tables WHERE database='meterhouse_bi'",
            "SHOW CREATE TABLE meterhouse_bi.usage_hour",
            "SELECT DISTINCT toStartOfMonth(`meterhouse_bi`.`usage_hour`.`bucket`) AS `bucket`, SUM(`meterhouse_bi`.`usage_hour`.`requests`) AS `sum` FROM `meterhouse_bi`.`usage_hour` GROUP BY `bucket` ORDER BY `bucket` ASC");
    check("what tools ask", () -> {
      for (String query : queries) query(connection, query).next();
    });
    check("SET readonly=1", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET readonly=1");
      }
    });
    check("the time zone of the session", () -> equal(first(query(connection, "SELECT toString(toTimeZone(toDateTime(0, 'UTC'), timezone()))")), "1970-01-01 01:00:00"));
  }

  private static ResultSet query(Connection connection, String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  private static String first(ResultSet rows) throws SQLException {
    holds(rows.next(), "a row");
    return rows.getString(1);
  }

  private static int count(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    int count = 0;
    for (; rows.next(); count++) {
      for (int column = 1; column <= columns; column++) rows.getObject(column);
    }
    return count;
  }

  private static Set<String> names(ResultSet rows, String column) throws SQLException {
    Set<String> names = new TreeSet<>();
    while (rows.next()) names.add(rows.getString(column));
    return names;
  }

  private static SQLException failure(Work work) throws Exception {
    try {
      work.run();
    } catch (SQLException error) {
      return error;
    }
    throw new AssertionError("There was no error.");
  }

  /** A value of the JSON in EXPECTED, which is flat. */
  private static String expected(String name) {
    var match = java.util.regex.Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([\\d.]+))").matcher(System.getenv("EXPECTED"));
    holds(match.find(), name);
    return match.group(1) == null ? match.group(2) : match.group(1);
  }

  private static void equal(String found, String wanted) {
    holds(found.equals(wanted), found + " is not " + wanted);
  }

  private static void holds(boolean condition, String what) {
    if (!condition) throw new AssertionError(what);
  }

  private static void check(String name, Work work) {
    try {
      work.run();
      report(name, true, "");
    } catch (Throwable error) {
      report(name, false, causes(error));
    }
  }

  private static String causes(Throwable error) {
    List<String> causes = new ArrayList<>();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) causes.add(cause.toString());
    return String.join("; because of ", causes);
  }

  private static void report(String name, boolean ok, String says) {
    System.out.println("{\"check\":\"" + quoted(name) + "\",\"ok\":" + ok + ",\"says\":\"" + quoted(says) + "\"}");
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ");
  }
}
