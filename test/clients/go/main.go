// clickhouse-go over HTTP, which is what the official Grafana plugin uses, and the statements of that plugin.
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

var expected struct {
	Account          string  `json:"account"`
	Requests         uint64  `json:"requests"`
	Endpoint         string  `json:"endpoint"`
	EndpointRequests uint64  `json:"endpointRequests"`
	P95              float64 `json:"p95"`
	From             string  `json:"from"`
	To               string  `json:"to"`
}

const (
	slow   = "SELECT sum(cityHash64(SHA512(toString(number)))) AS slow FROM numbers(1000000000)"
	broken = "SELECT intDiv(1, number < 3000000) AS a FROM numbers(4000000)"
)

func main() {
	if err := json.Unmarshal([]byte(os.Getenv("EXPECTED")), &expected); err != nil {
		panic(err)
	}
	if os.Args[1] == "grafana" {
		grafana(open(clickhouse.CompressionGZIP))
		return
	}
	for _, method := range []clickhouse.CompressionMethod{clickhouse.CompressionNone, clickhouse.CompressionLZ4} {
		prefix := ""
		if method != clickhouse.CompressionNone {
			prefix = method.String() + ": "
		}
		basics(open(method), prefix)
	}
}

func open(method clickhouse.CompressionMethod) *sql.DB {
	address, err := url.Parse(os.Getenv("SQL_URL"))
	if err != nil {
		panic(err)
	}
	return clickhouse.OpenDB(&clickhouse.Options{
		Protocol:    clickhouse.HTTP,
		Addr:        []string{address.Host},
		Auth:        clickhouse.Auth{Database: "meterhouse_bi", Username: "grafana", Password: os.Getenv("SQL_KEY")},
		Compression: &clickhouse.Compression{Method: method},
		Settings:    clickhouse.Settings{"max_execution_time": 60},
	})
}

func report(line map[string]any) {
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func check(name string, work func() error) {
	if err := work(); err != nil {
		report(map[string]any{"check": name, "ok": false, "says": err.Error()})
	} else {
		report(map[string]any{"check": name, "ok": true, "says": ""})
	}
}

// The values of the first column, of all rows.
func first(db *sql.DB, query string, values ...any) ([]any, error) {
	rows, err := db.QueryContext(context.Background(), query, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	found := []any{}
	for rows.Next() {
		row := make([]any, len(columns))
		targets := make([]any, len(columns))
		for index := range row {
			targets[index] = &row[index]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		found = append(found, row[0])
	}
	return found, rows.Err()
}

func holds(db *sql.DB, query string, wanted ...any) error {
	found, err := first(db, query)
	if err != nil {
		return err
	}
	for _, one := range wanted {
		if !strings.Contains(fmt.Sprintf("%v ", found), fmt.Sprintf("%v ", one)) && !strings.Contains(fmt.Sprint(found), fmt.Sprintf("%v]", one)) {
			return fmt.Errorf("%s: %v is not in %v", query, one, found)
		}
	}
	return nil
}

func equal(found []any, err error, wanted ...any) error {
	if err != nil {
		return err
	}
	if fmt.Sprint(found) != fmt.Sprint(wanted) {
		return fmt.Errorf("%v is not %v", found, wanted)
	}
	return nil
}

func percentile(found []any, err error) error {
	if err != nil {
		return err
	}
	p95, ok := found[0].(float64)
	if !ok || math.Abs(p95-expected.P95) > 0.007*expected.P95 {
		return fmt.Errorf("%v is not %v", found[0], expected.P95)
	}
	return nil
}

func failsWith(err error, code int32, text string) error {
	var exception *clickhouse.Exception
	if !errors.As(err, &exception) {
		return fmt.Errorf("not an exception of ClickHouse: %w", err)
	}
	if exception.Code != code || !strings.Contains(exception.Message, text) {
		return fmt.Errorf("another error: %d %s", exception.Code, exception.Message)
	}
	return nil
}

func basics(db *sql.DB, prefix string) {
	named := func(name string) string { return prefix + name }
	check(named("connect"), db.Ping)
	check(named("schemas"), func() error { return holds(db, "SHOW DATABASES", "meterhouse_bi") })
	check(named("tables"), func() error { return holds(db, "SHOW TABLES", "events", "keys", "usage_hour") })
	check(named("columns"), func() error { return holds(db, "DESCRIBE TABLE usage_hour", "account_id", "bucket") })
	check(named("parameters"), func() error {
		found, err := first(db, "SELECT sum(requests) FROM usage_day_endpoint WHERE endpoint = {endpoint:String}",
			clickhouse.Named("endpoint", expected.Endpoint))
		if err := equal(found, err, expected.EndpointRequests); err != nil {
			return err
		}
		found, err = first(db, "SELECT sum(requests) FROM usage_day_endpoint WHERE endpoint = ?", expected.Endpoint)
		return equal(found, err, expected.EndpointRequests)
	})
	check(named("aggregate"), func() error {
		found, err := first(db, "SELECT sum(requests), account_id, sum(latency_sum_ms), max(bucket), any(toNullable(key_id)) FROM usage_hour GROUP BY account_id")
		return equal(found, err, expected.Requests)
	})
	check(named("percentiles"), func() error {
		return percentile(first(db, "SELECT p95 FROM latency(account = '', from = {from:String}, to = {to:String}) WHERE endpoint = {endpoint:String}",
			clickhouse.Named("from", expected.From), clickhouse.Named("to", expected.To), clickhouse.Named("endpoint", expected.Endpoint)))
	})
	check(named("empty"), func() error {
		found, err := first(db, "SELECT * FROM events WHERE 0")
		return equal(found, err)
	})
	check(named("stream"), func() error {
		found, err := first(db, "SELECT number FROM numbers(1000000)")
		if err == nil && len(found) != 1_000_000 {
			err = fmt.Errorf("%d rows", len(found))
		}
		if err != nil {
			return err
		}
		_, err = first(db, "SELECT * FROM events LIMIT 1000")
		return err
	})
	check(named("error"), func() error {
		_, err := first(db, "SELECT nothing FROM events")
		return failsWith(err, 47, "nothing")
	})
	check(named("broken"), func() error {
		_, err := first(db, broken)
		if err == nil || !strings.Contains(err.Error(), "Division by zero") {
			return fmt.Errorf("another error: %w", err)
		}
		return nil
	})
	check(named("cancel"), func() error {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			time.Sleep(2 * time.Second)
			report(map[string]any{"cancelled": true})
			cancel()
		}()
		rows, err := db.QueryContext(ctx, slow)
		if err == nil {
			rows.Close()
			return errors.New("there was no error")
		}
		return nil
	})
}

// What the plugin sends: the data source's settings, the query editor, ad-hoc filters, a dashboard's panels and variables.
func grafana(db *sql.DB) {
	ctx, done := context.WithTimeout(context.Background(), 50*time.Second)
	defer done()
	check("connect", func() error {
		if err := db.PingContext(ctx); err != nil {
			return err
		}
		return holds(db, "SELECT version()")
	})
	check("schemas", func() error { return holds(db, "SHOW DATABASES", "meterhouse_bi") })
	check("tables", func() error { return holds(db, `SHOW TABLES FROM "meterhouse_bi"`, "usage_hour") })
	check("columns", func() error {
		if err := holds(db, `DESC TABLE "meterhouse_bi"."usage_hour"`, "bucket"); err != nil {
			return err
		}
		if err := holds(db, "SELECT name, type, table FROM system.columns WHERE database IN ('meterhouse_bi') AND table='usage_hour'", "bucket"); err != nil {
			return err
		}
		return holds(db, "SELECT name, is_aggregate, case_insensitive, alias_to, origin, description, syntax, arguments, returned_value, examples, categories FROM system.functions LIMIT 10000", "count")
	})
	check("parameters", func() error {
		found, err := first(db, `SELECT sum(requests) FROM "meterhouse_bi"."usage_day_endpoint" WHERE endpoint IN ('`+expected.Endpoint+`') SETTINGS max_execution_time=10`)
		return equal(found, err, expected.EndpointRequests)
	})
	check("aggregate", func() error {
		query := `SELECT toStartOfInterval(toDateTime(bucket), INTERVAL 3600 second) as "time", sum(requests) as requests FROM "meterhouse_bi"."usage_hour" WHERE ( bucket >= toDateTime(1700000000) AND bucket <= toDateTime(4000000000) ) GROUP BY time ORDER BY time ASC LIMIT 1000`
		_, err := first(db, query)
		return err
	})
	check("percentiles", func() error {
		return percentile(first(db, "SELECT p95 FROM latency(account = '', from = '"+expected.From+"', to = '"+expected.To+"') WHERE endpoint = '"+expected.Endpoint+"'"))
	})
	check("variables", func() error {
		return holds(db, "SELECT DISTINCT endpoint FROM meterhouse_bi.usage_day_endpoint LIMIT 1000", expected.Endpoint)
	})
	check("ad-hoc filters", func() error {
		found, err := first(db, `SELECT sum(requests) FROM usage_day_endpoint settings additional_table_filters={'meterhouse_bi.usage_day_endpoint' : ' endpoint = \'`+expected.Endpoint+`\' '}`)
		return equal(found, err, expected.EndpointRequests)
	})
	check("empty", func() error {
		found, err := first(db, "SELECT * FROM events WHERE 0")
		return equal(found, err)
	})
	check("error", func() error {
		_, err := first(db, "SELECT nothing FROM events")
		return failsWith(err, 47, "nothing")
	})
	check("cancel", func() error {
		ctx, cancel := context.WithCancel(ctx)
		go func() {
			time.Sleep(2 * time.Second)
			report(map[string]any{"cancelled": true})
			cancel()
		}()
		_, err := db.QueryContext(ctx, slow)
		if err == nil {
			return errors.New("there was no error")
		}
		return nil
	})
}
