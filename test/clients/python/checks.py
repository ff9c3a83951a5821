"""clickhouse-connect, and SQLAlchemy over it, which is what Superset uses."""

import json
import logging
import os
import subprocess
import sys
import threading
import traceback
from decimal import Decimal
from urllib.parse import quote, urlsplit

import clickhouse_connect
import sqlalchemy
from clickhouse_connect.driver.exceptions import DatabaseError

EXPECTED = json.loads(os.environ["EXPECTED"])
ADDRESS = urlsplit(os.environ["SQL_URL"])
KEY = os.environ["SQL_KEY"]
SLOW = "SELECT sum(cityHash64(SHA512(toString(number)))) AS slow FROM numbers(1000000000)"
BROKEN = "SELECT intDiv(1, number < 3000000) AS a FROM numbers(4000000)"
PERCENTILE = "SELECT p95 FROM latency(account = '', from = {from:String}, to = {to:String}) WHERE endpoint = {endpoint:String}"


# An answer that breaks off is logged, and is raised, which is what is looked at here.
logging.disable(logging.CRITICAL)


def report(line):
    print(json.dumps(line), flush=True)


def check(name):
    """Runs the decorated function at once and prints how it ended."""

    def run(work):
        try:
            report({"check": name, "ok": True, "says": str(work() or "")})
        except Exception:
            report({"check": name, "ok": False, "says": traceback.format_exc()})

    return run


def equal(found, wanted):
    assert found == wanted, f"{found!r} is not {wanted!r}"


def failure(work, *kinds):
    try:
        work()
    except kinds as error:
        return error
    raise AssertionError("There was no error.")


def check_percentile(p95):
    assert abs(p95 - EXPECTED["p95"]) <= 0.007 * EXPECTED["p95"], f"{p95} is not {EXPECTED['p95']}"


def cancel(work):
    def say_and_work():
        report({"cancelled": True})
        work()

    timer = threading.Timer(2, say_and_work)
    timer.start()
    return timer


def connected(**options):
    return clickhouse_connect.get_client(
        host=ADDRESS.hostname, port=ADDRESS.port, username="reports", password=KEY, database="meterhouse_bi", **options
    )


def with_clickhouse_connect():
    client = connected()

    @check("connect")
    def _():
        assert client.ping()
        return client.server_version

    @check("schemas")
    def _():
        assert "meterhouse_bi" in client.command("SHOW DATABASES").split("\n")

    @check("tables")
    def _():
        assert {"events", "keys", "usage_hour"} <= {row[0] for row in client.query("SHOW TABLES").result_rows}

    @check("columns")
    def _():
        first = client.query("DESCRIBE TABLE usage_hour").result_rows[0]
        equal(first[:2], ("account_id", "LowCardinality(String)"))

    @check("parameters")
    def _():
        query = "SELECT sum(requests) FROM usage_day_endpoint WHERE endpoint = {endpoint:String} AND account_id IN {accounts:Array(String)}"
        wanted = {"endpoint": EXPECTED["endpoint"], "accounts": [EXPECTED["account"], "it's\tanother"]}
        equal(client.query(query, parameters=wanted).result_rows, [(EXPECTED["endpointRequests"],)])
        # So long that the client sends a form.
        long = {**wanted, "accounts": [EXPECTED["account"], "x" * 10_000]}
        equal(client.query(query, parameters=long).result_rows, [(EXPECTED["endpointRequests"],)])

    @check("aggregate")
    def _():
        query = "SELECT account_id, sum(requests), sum(latency_sum_ms) FROM usage_hour GROUP BY account_id"
        ((account, requests, latency),) = client.query(query).result_rows
        equal((account, requests, type(latency)), (EXPECTED["account"], EXPECTED["requests"], Decimal))

    @check("percentiles")
    def _():
        check_percentile(client.query(PERCENTILE, parameters=EXPECTED).first_row[0])

    @check("empty")
    def _():
        equal(client.query("SELECT * FROM events WHERE 0").result_rows, [])
        equal(client.query("SELECT * FROM events LIMIT 0").column_names[0], "account_id")

    @check("stream")
    def _():
        with client.query_row_block_stream("SELECT number FROM numbers(1000000)") as blocks:
            equal(sum(len(block) for block in blocks), 1_000_000)
        rows = client.query("SELECT * FROM events LIMIT 1000").result_rows
        equal(len(rows), 1000)

    @check("error")
    def _():
        error = failure(lambda: client.query("SELECT nothing FROM events"), DatabaseError)
        equal((error.code, error.name), (47, "UNKNOWN_IDENTIFIER"))

    @check("broken")
    def _():
        def read():
            with client.query_row_block_stream(BROKEN, settings={"wait_end_of_query": 0}) as blocks:
                for _block in blocks:
                    pass

        assert "Division by zero" in str(failure(read, Exception))

    @check("cancel")
    def _():
        # Its own first statements would wait for the slow one.
        other = connected()
        timer = cancel(lambda: other.command("KILL QUERY WHERE query_id = 'slow-of-python'"))
        error = failure(lambda: client.query(SLOW, settings={"query_id": "slow-of-python"}), DatabaseError)
        timer.join()
        equal(error.code, 394)

    client.close()


def with_sqlalchemy():
    url = f"clickhousedb://superset:{quote(KEY)}@{ADDRESS.hostname}:{ADDRESS.port}/meterhouse_bi"
    engine = sqlalchemy.create_engine(url)
    inspector = sqlalchemy.inspect(engine)

    @check("connect")
    def _():
        with engine.connect() as connection:
            equal(connection.scalar(sqlalchemy.text("SELECT 1")), 1)

    @check("schemas")
    def _():
        assert "meterhouse_bi" in inspector.get_schema_names()

    @check("tables")
    def _():
        assert {"events", "usage_hour"} <= set(inspector.get_table_names("meterhouse_bi") + inspector.get_view_names("meterhouse_bi"))
        assert inspector.has_table("usage_hour", "meterhouse_bi")

    @check("columns")
    def _():
        names = [column["name"] for column in inspector.get_columns("usage_hour", "meterhouse_bi")]
        equal(names[:3], ["account_id", "key_id", "bucket"])

    table = sqlalchemy.Table("usage_day_endpoint", sqlalchemy.MetaData(), schema="meterhouse_bi", autoload_with=engine)

    @check("parameters")
    def _():
        query = sqlalchemy.select(sqlalchemy.func.sum(table.c.requests)).where(table.c.endpoint == EXPECTED["endpoint"])
        with engine.connect() as connection:
            equal(connection.scalar(query), EXPECTED["endpointRequests"])

    @check("aggregate")
    def _():
        # As Superset writes the query of a chart over a virtual dataset.
        query = """
            SELECT toStartOfHour(toDateTime(bucket)) AS __timestamp, endpoint, sum(requests) AS requests
            FROM (SELECT * FROM meterhouse_bi.usage_day_endpoint) AS virtual_table
            WHERE bucket >= toDateTime('2020-01-01 00:00:00')
            GROUP BY endpoint, toStartOfHour(toDateTime(bucket)) ORDER BY requests DESC LIMIT 10000"""
        with engine.connect() as connection:
            equal(sum(row.requests for row in connection.execute(sqlalchemy.text(query))), EXPECTED["requests"])

    @check("percentiles")
    def _():
        query = "SELECT p95 FROM latency(account = '', from = :from, to = :to) WHERE endpoint = :endpoint"
        values = {name: EXPECTED[name] for name in ("from", "to", "endpoint")}
        with engine.connect() as connection:
            check_percentile(connection.scalar(sqlalchemy.text(query), values))

    @check("empty")
    def _():
        with engine.connect() as connection:
            result = connection.execute(sqlalchemy.text("SELECT * FROM meterhouse_bi.events WHERE 0"))
            equal((list(result), "account_id" in result.keys()), ([], True))

    @check("stream")
    def _():
        functions = "SELECT name FROM system.functions UNION ALL SELECT name FROM system.table_functions LIMIT 10000"
        with engine.connect() as connection:
            assert len(list(connection.execute(sqlalchemy.text(functions)))) > 1_000
            equal(len(list(connection.execute(sqlalchemy.text("SELECT number FROM numbers(100000)")))), 100_000)

    @check("error")
    def _():
        with engine.connect() as connection:
            error = failure(lambda: connection.execute(sqlalchemy.text("SELECT nothing FROM events")), Exception)
        assert "UNKNOWN_IDENTIFIER" in str(error), str(error)

    @check("broken")
    def _():
        with engine.connect() as connection:
            error = failure(lambda: list(connection.execute(sqlalchemy.text(BROKEN))), Exception)
        assert "Division by zero" in str(error), str(error)

    @check("cancel")
    def _():
        # As a worker of Superset that is ended with its query.
        worker = subprocess.Popen([sys.executable, __file__, "slow"], stdout=subprocess.PIPE)
        worker.stdout.readline()
        cancel(worker.kill).join()
        worker.wait()


def slow():
    client = connected()
    print("sends its statement", flush=True)
    client.query(SLOW)


{"clickhouse-connect": with_clickhouse_connect, "sqlalchemy": with_sqlalchemy, "slow": slow}[sys.argv[1]]()
