/** Made from openapi.json by "npm run dashboard:types". */
export interface paths {
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts
         * @description Every account that has a key, with its keys and its usage of the last 30 days and of the 30 before. For admins.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set an account's limits
         * @description Sets limits in place of those of the tier: a number, null for none, or "default" for that of the tier again. What is left out stays. They hold at once here, and within a second on other instances. Keys that are there stay, also where they are more than may be made. For admins.
         */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/accounts/{accountId}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The plan of an account
         * @description The version that holds now, and which plan the account had when. For admins.
         */
        get: operations["getAccountPlan"];
        /**
         * Give an account a plan
         * @description From an instant on, which may be past or to come; in place of what was to follow then. Left out, `from` is the start of the running period of the plan. A change within a period makes two parts, each with tiers, included units, flat fee, minimum and maximum of its own. For admins.
         */
        put: operations["setAccountPlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description Who changed what, when and from where, the newest first: keys and their secrets, share tokens, limits of accounts, deletions, repairs; and refused sign-ins, which are counted by address and minute and show when the minute has ended. Calls that were refused for what they ask are not in it. A call that failed with a 5xx is, with `details.error`: it may have been done, or in part. Entries are stored for 400 days and hold no secrets.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the latest backup stands
         * @description The backup that runs, or the last one since the service started.
         */
        get: operations["latestBackup"];
        put?: never;
        /**
         * Back up the data folder
         * @description Begins a backup of everything in DATA_DIR as of one moment: events, rollups, keys, what waits in the log. For the moment deliveries pause, while events are still accepted; the copy is made while everything is served. What the backup before it in the directory has is hard-linked and takes no room. `GET /admin/backups` tells how it goes on. `meterhouse restore` makes a data folder of it. With a ClickHouse server, back that up by its own means.
         */
        post: operations["startBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/capacity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the service itself takes up, and when it is full
         * @description The engine's disks and memory and the write-ahead logs of all instances, sampled every ten minutes and stored for 120 days. The peaks of complete days are continued as a straight line through the last 28 of them, with intervals from how far such lines were off before. What retention will drop is not foreseen: a disk that fills for the first time stops growing when the oldest rows begin to go.
         */
        get: operations["getServiceCapacity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back events that ClickHouse refused
         * @description Events that ClickHouse refuses for good are parked in `DATA_DIR/dead-letter`, with the reason. Once the cause is mended, this takes them back into the log; those that are refused again are parked again.
         */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the events of an account or a key
         * @description Removes raw events from the disk and corrects the rollups, all or those of a span of time. Without a span also what is older than the raw retention goes. Events that were accepted but are not yet in `GET /usage` may come in after; send the last ones with `wait=true` first. Dead letters and damaged parts of the log are on the instance that set them aside: where there are several, call each. The ids of deleted events stay known: one that is sent again within the de-duplication window is a duplicate and stays deleted. After an error call it again: it finishes what was begun.
         */
        post: operations["deleteEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/log/recover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back events of damaged parts of the log
         * @description At start, parts of the write-ahead log that a disk has changed are set aside in `DATA_DIR/log/*.corrupt`, and `GET /health/ready` warns of them. This takes each line of them that still reads as an event back into the log. An event counts once by its id, also one whose sender gave none. A changed byte may have left an event readable, with another value.
         */
        post: operations["recoverLog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare the rollups with the raw events
         * @description Compares every row of the rollups in a range of whole UTC days with what the raw events give, percentile states by the latencies in them, and with `repair` makes drifted partitions again while everything is served: a reader sees the figures from before or from after. Events that come in meanwhile wait in the log for the time that one partition takes. What is older than the raw retention, or than the first raw event there is, is never changed, and days on which a rollup has requests that the raw events lack only with `acceptLoss`. A long range takes a while; ask for it in parts.
         */
        post: operations["reconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List alerts
         * @description The alerts that the rules of the caller's account raised, or as an admin those of all accounts or one, the newest first; they are kept for 400 days after their end.
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List channels
         * @description The account's channels with their last attempt; an admin sees those of all accounts.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Create a channel
         * @description Makes a channel that rules can send alerts to; an account may have 100. The target of a webhook, Slack or Alertmanager has to be at a public address, which is checked each time it is connected to, unless the setting WEBHOOK_ALLOWED_NETWORKS names its network. The signing secret of a webhook is shown this once.
         */
        post: operations["createChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a channel
         * @description The channel and its last attempt.
         */
        get: operations["getChannel"];
        put?: never;
        post?: never;
        /**
         * Delete a channel
         * @description Deletes the channel and its secrets. What waits to be sent to it is given up; its log ends with its time.
         */
        delete: operations["deleteChannel"];
        options?: never;
        head?: never;
        /**
         * Change a channel
         * @description Changes the fields that the body names. A channel that the service disabled works again with `enabled: true`. What was to be sent while it was disabled is given up; replay it by hand.
         */
        patch: operations["updateChannel"];
        trace?: never;
    };
    "/alerts/channels/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a channel's log
         * @description The attempts of the last 30 days, the newest first. A message is sent again after 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h, each a little later by chance, and not before a `Retry-After` of the answer.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/channels/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again
         * @description Sends the message of an attempt again, once, under the same id and signed anew, to the channel's present target. When it is delivered, it is not repeated any more.
         */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/channels/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a webhook's secret
         * @description Gives a webhook a new signing secret and shows it this once. Messages are signed with the old secret too until the grace period ends, a day by default; one from before an earlier rotation ends now.
         */
        post: operations["rotateChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description Sends a message of type `test` with a sample alert, once, and answers what came of it: within 15 seconds, 30 for mail. A disabled channel is sent to as well. On PagerDuty it opens an incident and resolves it.
         */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List alert rules
         * @description The rules of the caller's account, or as an admin of all accounts or one, in order of creation.
         */
        get: operations["listAlertRules"];
        put?: never;
        /**
         * Create an alert rule
         * @description Watches a metric of the caller's account, or as an admin of any account or of all together. Windows that end from now on are judged, each once, when every event that was accepted before its end is counted. An account has at most 1,000 rules.
         */
        post: operations["createAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an alert rule on the past
         * @description What a rule would have done in the last days, by the code that evaluates rules; nothing is stored and nobody is told. It reads as far back as figures of its windows are kept.
         */
        post: operations["previewAlertRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/rules/{ruleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an alert rule
         * @description One rule. Another account's rule answers 404, exactly as an unknown one does.
         */
        get: operations["getAlertRule"];
        put?: never;
        post?: never;
        /**
         * Delete an alert rule
         * @description Its open alerts are resolved with the reason RULE_DELETED, and stay in the list of alerts.
         */
        delete: operations["deleteAlertRule"];
        options?: never;
        head?: never;
        /**
         * Change an alert rule
         * @description Changes the fields that the body names and leaves the others; an object is replaced whole. Where what decides changes (anything but name, severity, channels and reminders), the rule starts anew: its open alerts are resolved with the reason RULE_CHANGED.
         */
        patch: operations["updateAlertRule"];
        trace?: never;
    };
    "/alerts/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List silences
         * @description The silences of the caller's account, or as an admin of all accounts or one, the latest to end first.
         */
        get: operations["listAlertSilences"];
        put?: never;
        /**
         * Silence alerts for a while
         * @description While a silence lasts, rules are judged as ever and nobody is told of what fires; an alert that still fires when it ends is told then. The end of an alert that was told before is told in a silence too, so that incidents are closed. An account has at most 100 silences that have not ended.
         */
        post: operations["createAlertSilence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/silences/{silenceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a silence
         * @description It holds no more at once.
         */
        delete: operations["deleteAlertSilence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{alertId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an alert
         * @description One alert. Another account's alert answers 404, exactly as an unknown one does.
         */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{alertId}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge an alert
         * @description Says that somebody knows of it: there are no more reminders. Its end is told all the same.
         */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the requests that an API served
         * @description Takes one event, an array, `{"events": […]}`, or one event a line as `application/x-ndjson`; plain or with `Content-Encoding: gzip`. At most 10,000 events and 10 MiB (inflated) a call. Each event is checked by itself: bad ones are listed in `rejected` and cost the others nothing. Accepted events are stored and counted once; after an error or a lost answer send the same events with the same `id` again. A call with more new events than its account may still send in the minute or day is refused whole: 429, and `Retry-After` says when to send it again.
         */
        post: operations["sendEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers as long as the process can answer at all; a probe that fails is a reason to restart it.
         */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it take requests?
         * @description Answers 200 when ClickHouse answers within two seconds and events can be taken; 503 is a reason to send requests elsewhere.
         */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description The keys of the caller's account, or as an admin of all accounts or one.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Makes a key in the caller's account, or as an admin in any. The answer shows the secret this once. A member can grant only permissions its own key has, and no tier or limits above the highest among its account's active keys. Only an enterprise key can make another, and an account has at most the active keys of its tier.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API key
         * @description One key. Another account's key answers 404, exactly as an unknown one does.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Ends the key at once and for good; its usage stays readable. Revoking it again changes nothing. It holds also while the storage is away or the disk full; the answer then shows no usage. The last active admin key cannot be revoked, and an admin key only by an admin.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        /**
         * Change an API key
         * @description Changes the fields that the body names and leaves the others; null takes a description, an expiry, own limits or metadata away. The rules of creating a key hold. A key with permissions that the calling key lacks cannot be changed by it, and the last active admin key stays one for good. An expired key works again with a later expiry, a revoked one stays revoked. An external key takes no permissions.
         */
        patch: operations["updateKey"];
        trace?: never;
    };
    "/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate an API key
         * @description Gives the key a new secret under the same id and shows it this once. The old secret works until the grace period ends; one from before an earlier rotation ends now. A key with permissions that the calling key lacks cannot be rotated by it, nor an enterprise key by one that is none, nor can a key that is revoked, expired or external.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say who calls
         * @description What the key or share token that is sent is and may do, and what this service can do. For any key and token, whatever its permissions.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What Prometheus scrapes
         * @description Process figures, HTTP requests and their durations by route template, method and status class, and counters of ingest.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List plans
         * @description The newest version of every plan, in the order in which they were made. For admins.
         */
        get: operations["listPlans"];
        put?: never;
        /**
         * Make a plan
         * @description What usage costs: prices by endpoint, method and status, a flat fee, a discount, a minimum and a maximum. A plan that cannot be priced is refused with the field that is wrong. For admins.
         */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a billing period of an account would cost by a plan that is not stored
         * @description Priced as `GET /usage/cost` does it, with the periods of the plan that is sent; `effectiveFrom` changes nothing. Nothing is stored. The id of the plan in the answer is `preview`. For admins.
         */
        post: operations["previewPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{planId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A plan with its versions
         * @description The newest version as `plan`, and all versions. For admins.
         */
        get: operations["getPlan"];
        /**
         * Make a new version of a plan
         * @description The whole plan as it is from `effectiveFrom` on, now where that is left out; versions before stay, and price what was before. The part of a period after a change has tiers of its own. The currency stays. For admins.
         */
        put: operations["changePlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a SELECT over the views of an account
         * @description Runs one statement of ClickHouse SQL over the views of `meterhouse_bi`: usage_minute, usage_hour, usage_hour_endpoint, usage_day_endpoint, latency_hour, latency_day, events, keys, and the parameterised latency and latency_series. A key reads its own account's rows, whatever the statement; an admin key reads all accounts'.
         */
        post: operations["querySql"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a share token
         * @description Makes a token that reads an account, or some of its keys, for a while: for a link to the dashboard, or to embed it. It is sent as a key is, changes nothing and makes no tokens. It ends with its time, or before with the key that makes it: when that is revoked or expires, or when its present secret stops working after a rotation. Its calls count in that key's budget.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Traffic, latency, errors, rate limits and alerts of an account or a key
         * @description Exact figures for a window: a `timeframe` that ends now, or `from` and `to`. `totalRequests` equals the sum of the time series, of each breakdown and of the groups. A request failed when its status is 400 or above; a 429 is throttled traffic, counted as failed. Latencies are of all requests but those with status 429 and 101, whose connection became another, such as a WebSocket. Percentiles are the nearest rank, at most `latency.maxErrorPercent` off; everything else is exact. `ETag` and `Cache-Control` let clients keep windows that have ended.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an account could improve, with the figures that show it
         * @description Faults found in a window, each with what it was compared with, a call that shows it and the gain when it goes away. Filters say which requests are looked at. Ranked by gain: a request that is spared counts as 100 ms of waiting, a megabyte as 80 ms. What is found is remembered: it is `open`, `dismissed` by somebody, or `resolved`, which a call without filters says of what the last 24 hours show no more, with the figures after. An admin names an account. Raw events are read for some types: the last 7 days of the window and 500,000 events at most.
         */
        get: operations["getAdvice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/advice/{adviceId}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss advice
         * @description It stays in the list as `dismissed` as long as it is found, and is not opened again.
         */
        post: operations["dismissAdvice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/capacity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How near keys come to their limits, and when they meet them
         * @description For each limit of each active key the fullest minute, hour or UTC day of the last 30 days, and the day on which the key's demand meets the limit: the peaks of the days of 56 days are forecast with their week, their growth and their scatter.
         */
        get: operations["getCapacity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What usage costs, by the plan of the account or any other
         * @description Exact from the count to the last digit: amounts are decimal strings, rounded once a line, half away from zero, to the digits of the currency. A window that is a part of a billing period costs what came to the bill of the period in it: tiers go on where they stood, and windows that follow one another add up. Filters leave a share of the lines by units, without fees, minimum and maximum. An admin names the account.
         */
        get: operations["getCost"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage as a file: CSV, NDJSON, Parquet or Arrow
         * @description The same windows, filters and figures as `GET /usage`, as rows: streamed while they are made, so that any length will do. Instants are ISO 8601 in text and timestamps in UTC otherwise, counts 64-bit integers, latencies milliseconds as doubles; no value is an empty field in CSV and null elsewhere. Text that a spreadsheet would compute (it begins with =, +, -, @, a tab or a line break) follows an apostrophe in CSV. With `includeLatency=false` the columns of latency are left out. The answer is compressed with gzip or zstd where `Accept-Encoding` asks for it; Parquet is compressed inside. An error before the first byte is answered as JSON; after it the connection breaks off, so that half an answer never looks like a whole one. An account may have one export at a time, others wait; it ends with its key or token, and when its client goes away or reads less than 64 KiB a second for half a minute.
         */
        get: operations["exportUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What will be asked for
         * @description Requests or bytes of the time to come, with intervals that were measured on the past: forecasts are made at many days of the history and compared with what came. Hours that are not complete are left out, days of trouble do not count for the shape of the week, and throttled requests count as demand.
         */
        get: operations["getForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The running minute, second by second, as server-sent events
         * @description A stream that stays open: `curl -N`, or fetch and read the body; a trial call here would not end. Each event is called `minute`, its `id` is an epoch second, and its `data` is the JSON below. The first holds the running minute up to now. Then, about once a second, come the seconds that are new or changed, so that events that arrive late correct earlier seconds, and the total of their minute. A minute that has ended is sent whole once more, with `complete`, before the next begins. After a break send the last `id` as `Last-Event-ID` (EventSource does): the minutes since are sent whole first. Lines that begin with a colon are heartbeats. An account may have 20 streams at once; opening one counts as one call. The stream ends when its key or token does.
         */
        get: operations["watchUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage/tiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each tier would have refused of what keys sent
         * @description Runs the requests of each active key through the limits of each tier, and through others where some are given, minute by minute by the limiter's rules: counters begin anew with the clock's minute, hour and UTC day, and what is refused counts in none of them. Requests that were throttled count as sent. It cannot know what clients would have sent again, nor that all keys of an account share a budget of twice one key's.
         */
        get: operations["backtestTiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountDto: {
            /**
             * @description Its id, as `accountId` takes it.
             * @example acme
             */
            id: string;
            /** @description Its keys. */
            keys: components["schemas"]["AccountKeysDto"];
            /**
             * @description The highest tier among its active keys, external ones aside; null: it has none.
             * @example starter
             * @enum {string|null}
             */
            tier: "free" | "starter" | "professional" | "enterprise" | null;
            /** @description Its limits, as they hold. */
            limits: components["schemas"]["LimitsDto"];
            /**
             * @description Those of them that an admin set; the others are those of the tier.
             * @example [
             *       "eventsPerDay"
             *     ]
             */
            customLimits: components["schemas"]["LimitName"][];
            /**
             * Format: date-time
             * @description The newest event or call of its keys; null: none yet.
             * @example 2026-03-02T10:15:29.412Z
             */
            lastUsedAt: string | null;
            /** @description Its usage. */
            usage: components["schemas"]["AccountUsageDto"];
        };
        AccountKeysDto: {
            /**
             * Format: int64
             * @description All of its keys, external ones too.
             * @example 4
             */
            total: number;
            /**
             * Format: int64
             * @description Those that are neither expired nor revoked.
             * @example 2
             */
            active: number;
        };
        AccountPlanResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * @description The account.
             * @example acme
             */
            accountId: string;
            /** @description The plan that holds now, as it is now; the first one where all are to come. */
            plan: components["schemas"]["PlanDto"];
            /**
             * Format: date-time
             * @description From when on it holds.
             * @example 2026-11-01T00:00:00.000Z
             */
            from: string;
            /** @description All plans of the account, past ones and those to come. */
            assignments: components["schemas"]["AssignmentDto"][];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T12:00:00.000Z
             */
            timestamp: string;
        };
        /** @enum {string} */
        AccountSort: "requests" | "errors" | "lastUsedAt";
        AccountUsageDto: {
            /**
             * Format: int64
             * @description Requests of the last 30 days, as `GET /usage?timeframe=30d` counts them.
             * @example 48213
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests of the 30 days before.
             * @example 40090
             */
            previousRequests: number;
            /**
             * Format: int64
             * @description Of the last 30 days those that failed.
             * @example 312
             */
            failedRequests: number;
        };
        AccountWithLimitsDto: {
            /**
             * @description Its id, as `accountId` takes it.
             * @example acme
             */
            id: string;
            /** @description Its keys. */
            keys: components["schemas"]["AccountKeysDto"];
            /**
             * @description The highest tier among its active keys, external ones aside; null: it has none.
             * @example starter
             * @enum {string|null}
             */
            tier: "free" | "starter" | "professional" | "enterprise" | null;
            /** @description Its limits, as they hold. */
            limits: components["schemas"]["LimitsDto"];
            /**
             * @description Those of them that an admin set; the others are those of the tier.
             * @example [
             *       "eventsPerDay"
             *     ]
             */
            customLimits: components["schemas"]["LimitName"][];
        };
        AccountsResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One page, in the order asked for. */
            accounts: components["schemas"]["AccountDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        AccuracyDto: {
            /**
             * @description Mean absolute error of the forecasts by hour, in those of repeating the same hour of the week before; below 1 is better. Null where there was nothing to be wrong about.
             * @example 0.84
             */
            mase: number | null;
            /**
             * @description Share of hours, in percent, that came inside the 80 % interval.
             * @example 81.2
             */
            coverage80: number;
            /**
             * @description Share of hours, in percent, that came inside the 95 % interval.
             * @example 95.4
             */
            coverage95: number;
            /**
             * Format: int64
             * @description How many forecasts of the past were compared with what came.
             * @example 14
             */
            origins: number;
        };
        AdjustmentDto: {
            /**
             * Format: date-time
             * @description When it was noticed.
             * @example 2026-11-05T10:00:00.000Z
             */
            at: string;
            /**
             * Format: int64
             * @description Events that came late; negative where some were deleted, 0 where the plan was changed.
             * @example 1200
             */
            requests: number;
            /**
             * @description What the total rose by; negative where it fell.
             * @example 0.96
             */
            amount: string;
        };
        AdviceAfterDto: {
            /**
             * Format: date-time
             * @description When it was found to have gone.
             * @example 2026-01-14T09:00:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @description First instant of what was looked at then.
             * @example 2026-01-13T09:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end, not included.
             * @example 2026-01-14T09:00:00.000Z
             */
            to: string;
            /**
             * Format: int64
             * @description Requests that the figures are of; null where there were none.
             * @example 11900
             */
            requests: number | null;
            /**
             * @description The same figures as in the evidence; null where there were no requests.
             * @example {
             *       "failedRequests": 12,
             *       "errorRate": 0.1
             *     }
             */
            figures: Record<string, never> | null;
        };
        AdviceDismissalDto: {
            /**
             * Format: date-time
             * @description When it was dismissed.
             * @example 2026-01-13T10:00:00.000Z
             */
            at: string;
            /**
             * @description Why; null where no reason was given.
             * @example null
             */
            reason: string | null;
        };
        AdviceDto: {
            /**
             * @description The same for the same fault.
             * @example adv_0a1b2c3d4e5f60718293
             */
            id: string;
            /**
             * @description The rule that found it.
             * @example error_hot_spot
             * @enum {string}
             */
            type: "slow_endpoint" | "latency_regression" | "error_hot_spot" | "retry_storm" | "polling" | "n_plus_one" | "large_payloads" | "cache_candidate" | "throttling" | "unused_key" | "over_entitled_key" | "retired_route";
            /**
             * @description By gain.
             * @example medium
             * @enum {string}
             */
            priority: "low" | "medium" | "high";
            /**
             * @description One line.
             * @example 8 % of the requests of key_1 to /v1/orders fail
             */
            title: string;
            /**
             * @description What is wrong, and what makes it go away.
             * @example 903 of 12040 requests failed.
             */
            message: string;
            /**
             * @description The key; null: all of them.
             * @example key_1
             */
            keyId: string | null;
            /**
             * @description The endpoint; null: all.
             * @example /v1/orders
             */
            endpoint: string | null;
            /** @description What shows it. */
            evidence: components["schemas"]["AdviceEvidenceDto"];
            /** @description What is gained when it goes away, over the same window. */
            gain: components["schemas"]["AdviceGainDto"];
            /**
             * @description Dismissed by somebody, resolved where the newest hours show it no more, else open.
             * @example open
             * @enum {string}
             */
            state: "open" | "dismissed" | "resolved";
            /**
             * Format: date-time
             * @description When it was found first, or again after it was resolved.
             * @example 2026-01-12T00:00:00.000Z
             */
            since: string;
            /** @description Of resolved advice, what was there instead. */
            after: components["schemas"]["AdviceAfterDto"] | null;
            /** @description Of dismissed advice, when and why. */
            dismissed: components["schemas"]["AdviceDismissalDto"] | null;
        };
        AdviceEvidenceDto: {
            /**
             * Format: date-time
             * @description First instant of what was looked at.
             * @example 2026-01-12T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Their end, not included.
             * @example 2026-01-13T00:00:00.000Z
             */
            to: string;
            /**
             * Format: int64
             * @description Requests that the figures are of.
             * @example 12040
             */
            requests: number;
            /**
             * @description The figures by name.
             * @example {
             *       "failedRequests": 903,
             *       "errorRate": 7.5
             *     }
             */
            figures: Record<string, never>;
            /**
             * @description What they were compared with.
             * @example all requests of the key
             */
            comparedWith: string;
            /**
             * @description A call that shows it.
             * @example /usage?keyId=key_1&endpoint=%2Fv1%2Forders
             */
            usage: string;
        };
        AdviceGainDto: {
            /**
             * Format: int64
             * @description Milliseconds that callers would not wait, all requests together.
             * @example 80500
             */
            latencyMs?: number;
            /**
             * Format: int64
             * @description Requests that would not fail or be refused.
             * @example 903
             */
            requests?: number;
            /**
             * Format: int64
             * @description Bytes that would not be sent.
             * @example 1200000
             */
            bytes?: number;
            /**
             * @description What the requests cost by the plan of the account, as a decimal string. Left out without requests or a plan, and past the first 20 pieces of advice.
             * @example 12.40
             */
            cost?: string;
            /**
             * @description The currency of `cost`.
             * @example USD
             */
            currency?: string;
        };
        AdviceResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description By gain, the largest first; at most 1,000. */
            advice: components["schemas"]["AdviceDto"][];
            /** @description All rules with their thresholds. */
            types: components["schemas"]["AdviceTypeDto"][];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-01-13T10:15:30.000Z
             */
            timestamp: string;
        };
        AdviceTypeDto: {
            /**
             * @description The rule.
             * @example throttling
             * @enum {string}
             */
            type: "slow_endpoint" | "latency_regression" | "error_hot_spot" | "retry_storm" | "polling" | "n_plus_one" | "large_payloads" | "cache_candidate" | "throttling" | "unused_key" | "over_entitled_key" | "retired_route";
            /**
             * @description What it finds.
             * @example A key of which many requests are refused for its limit.
             */
            description: string;
            /**
             * @description From when on it speaks.
             * @example {
             *       "minimumThrottled": 50
             *     }
             */
            thresholds: Record<string, never>;
        };
        AlertCorrectionDto: {
            /**
             * @description The figure as it is now.
             * @example 4.8
             */
            value: number | null;
            /**
             * Format: int64
             * @description Requests in the window as they are now.
             * @example 1260
             */
            requests: number;
            /**
             * @description Whether the window breaches all the same.
             * @example false
             */
            stands: boolean;
            /**
             * Format: date-time
             * @description When it was noticed.
             * @example 2026-03-02T11:15:00.000Z
             */
            at: string;
        };
        AlertDto: {
            /**
             * @description What kind of alert this is.
             * @example high_error_rate
             * @enum {string}
             */
            type: "no_data" | "high_error_rate" | "high_latency" | "throttling" | "rate_limit_utilization" | "traffic_spike" | "traffic_drop" | "endpoint_errors" | "endpoint_latency" | "too_many_endpoints" | "key_expiring" | "key_unused";
            /**
             * @description What happened.
             * @example 12.4 % of the requests failed.
             */
            message: string;
            /**
             * @description How urgent it is.
             * @example high
             * @enum {string}
             */
            priority: "low" | "medium" | "high" | "critical";
            /**
             * @description What to do about it.
             * @example Look at errors.byEndpoint and errors.byType for where the failures come from.
             */
            recommendation: string;
            /** @description The figure that raised it. */
            evidence: components["schemas"]["EvidenceDto"];
        };
        AlertEvidenceDto: {
            /**
             * @description The call that returns the figures of the window.
             * @example /usage?from=2026-03-02T10%3A00%3A00.000Z&to=2026-03-02T10%3A15%3A00.000Z
             */
            usage: string;
            /**
             * Format: int64
             * @description Requests in the window.
             * @example 1204
             */
            requests: number;
            /**
             * @description What the metric was before, or was expected to be, where it is compared with that.
             * @example 1.2
             */
            previous?: number;
        };
        AlertGroupDto: {
            /**
             * @description The key.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId?: string;
            /**
             * @description The endpoint.
             * @example /v1/orders
             */
            endpoint?: string;
        };
        /**
         * @description What is watched.
         * @enum {string}
         */
        AlertMetric: "requests" | "failedRequests" | "errorRate" | "throttledRequests" | "throttledRate" | "averageLatency" | "peakLatency" | "p50" | "p75" | "p90" | "p95" | "p99" | "dataTransferred" | "utilization" | "cost" | "projectedCost" | "runway";
        AlertNotificationDto: {
            /**
             * @description The channel.
             * @example chn_5J2nS0aQ9xT7bKd4
             */
            channelId: string;
            /**
             * @description What it tells.
             * @example firing
             * @enum {string}
             */
            kind: "firing" | "reminder" | "resolved";
            /**
             * @description How far it is.
             * @example delivered
             * @enum {string}
             */
            status: "pending" | "delivered" | "failed";
            /**
             * Format: int64
             * @description How often it was tried.
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was tried last.
             * @example 2026-03-02T10:15:31.000Z
             */
            lastAttemptAt: string | null;
        };
        AlertOfRuleDto: {
            /**
             * @description Names the alert.
             * @example alr_5J2nS0aQ9xT7bKd4mZ0a
             */
            id: string;
            /**
             * @description Its rule.
             * @example rul_5J2nS0aQ9xT7bKd4
             */
            ruleId: string;
            /**
             * @description What the rule was called.
             * @example Errors of checkout
             */
            ruleName: string;
            /**
             * @description The account; null: all together.
             * @example acme
             */
            accountId: string | null;
            /** @description What it is about, where the rule is grouped. */
            group: components["schemas"]["AlertGroupDto"];
            /**
             * @description How urgent it is.
             * @example high
             */
            severity: components["schemas"]["Severity"];
            /**
             * @description pending: some windows breach, not yet enough.
             * @example firing
             */
            state: components["schemas"]["AlertState"];
            /**
             * @description Why it fires, or why it was resolved.
             * @example THRESHOLD
             */
            reason: components["schemas"]["AlertReason"];
            /**
             * @description What the metric came to in the window; null where it has no value, as without a request.
             * @example 12.4
             */
            value: number | null;
            /**
             * @description What it is compared with.
             * @example 5
             */
            threshold: number | null;
            /** @description The window that decided. */
            window: components["schemas"]["AlertWindowDto"];
            /**
             * Format: date-time
             * @description When the first window breached.
             * @example 2026-03-02T10:15:00.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it began to fire; null: it did not.
             * @example 2026-03-02T10:15:00.000Z
             */
            firingAt: string | null;
            /**
             * Format: date-time
             * @description When it ended; null: it has not.
             * @example null
             */
            resolvedAt: string | null;
            /**
             * Format: date-time
             * @description When somebody said that they know of it.
             * @example null
             */
            acknowledgedAt: string | null;
            /**
             * @description Whether a silence holds: nobody is told.
             * @example false
             */
            silenced: boolean;
            /** @description What shows that it is right. */
            evidence: components["schemas"]["AlertEvidenceDto"];
            /** @description What events that came late made of the figure; null: it stands as it was. */
            correction: components["schemas"]["AlertCorrectionDto"] | null;
            /** @description Who was told, in the order in which they are. */
            notifications: components["schemas"]["AlertNotificationDto"][];
        };
        /**
         * @description Why it fires, or why it was resolved.
         * @enum {string}
         */
        AlertReason: "THRESHOLD" | "CHANGE" | "ANOMALY" | "BURN_RATE" | "QUOTA" | "NO_DATA" | "RECOVERED" | "PERIOD_ENDED" | "SCHEDULE_ENDED" | "RULE_CHANGED" | "RULE_DISABLED" | "RULE_DELETED" | "KEY_REVOKED" | "NOT_ENOUGH_HISTORY" | "NO_LIMIT";
        /** @enum {string} */
        AlertState: "pending" | "firing" | "resolved";
        /**
         * @description How long a window is.
         * @enum {string}
         */
        AlertWindow: "5m" | "15m" | "1h" | "6h" | "24h" | "7d";
        AlertWindowDto: {
            /**
             * Format: date-time
             * @description Its start.
             * @example 2026-03-02T10:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end, not included.
             * @example 2026-03-02T10:15:00.000Z
             */
            to: string;
        };
        AlertsDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The newest first. */
            alerts: components["schemas"]["AlertOfRuleDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        AllKeysDto: {
            /**
             * Format: int64
             * @description Keys that would have been throttled.
             * @example 17
             */
            throttledKeys: number;
            /**
             * Format: int64
             * @description Their requests that would have been refused.
             * @example 9120
             */
            throttledRequests: number;
        };
        AssignPlanDto: {
            /**
             * @description The plan.
             * @example pln_4fJ2mZ0aQ9xT7bKd
             */
            planId: string;
            /**
             * @description From when on: ISO 8601 with an offset, or a date, whose start in the zone of the plan is meant. Left out: the start of the running period of the plan. Rounded down to the hour.
             * @example 2026-11-01
             */
            from?: string;
        };
        AssignmentDto: {
            /**
             * @description The plan.
             * @example pln_4fJ2mZ0aQ9xT7bKd
             */
            planId: string;
            /**
             * Format: date-time
             * @description From when on.
             * @example 2026-11-01T00:00:00.000Z
             */
            from: string;
        };
        /** @enum {string} */
        AuditAction: "key.created" | "key.changed" | "key.rotated" | "key.revoked" | "token.created" | "channel.created" | "channel.changed" | "channel.deleted" | "channel.rotated" | "channel.tested" | "channel.replayed" | "rule.created" | "rule.changed" | "rule.deleted" | "alert.acknowledged" | "silence.created" | "silence.deleted" | "advice.dismissed" | "account.limits_changed" | "plan.created" | "plan.changed" | "account.plan_changed" | "events.deleted" | "backup.started" | "rollups.repaired" | "dead_letters.replayed" | "log.recovered" | "sign_in.refused";
        AuditActorDto: {
            /**
             * @description The key that was sent; null where it is unknown.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId: string | null;
            /**
             * @description Its account.
             * @example acme
             */
            accountId: string | null;
            /**
             * @description The client's IP address, of refused sign-ins over IPv6 its /64; null where the entry stands for several addresses.
             * @example 203.0.113.7
             */
            address: string | null;
        };
        AuditEntryDto: {
            /**
             * Format: date-time
             * @description When it was done; of refused sign-ins when the first was.
             * @example 2026-03-02T10:15:29.412Z
             */
            at: string;
            /**
             * @description What was done.
             * @example key.revoked
             */
            action: components["schemas"]["AuditAction"];
            /** @description Who did it. */
            actor: components["schemas"]["AuditActorDto"];
            /**
             * @description The id of what was changed: of a key, a token or an account; null where it is none of these.
             * @example key_77c1mZ0aQ9xT7bKd
             */
            target: string | null;
            /**
             * @description What else there is to say: the account of the target (`accountId`), new values, or counts. Refused sign-ins have `count`, `errors` (by code) and `until`.
             * @example {
             *       "accountId": "acme",
             *       "name": "Production"
             *     }
             */
            details: {
                [key: string]: unknown;
            };
        };
        AuditResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One page, the newest first. */
            entries: components["schemas"]["AuditEntryDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        BacktestDto: {
            /** @description What was tried. */
            limit: components["schemas"]["TriedLimitDto"];
            /**
             * Format: int64
             * @description Requests that would have been refused.
             * @example 412
             */
            throttledRequests: number;
            /**
             * Format: int64
             * @description Clock minutes in which some would have been refused.
             * @example 18
             */
            throttledMinutes: number;
            /**
             * Format: int64
             * @description UTC days in which some would have been refused.
             * @example 3
             */
            throttledDays: number;
            /** @description The minute in which most would have been refused; null where none would. */
            worst: components["schemas"]["WorstMinuteDto"] | null;
        };
        BackupDto: {
            /**
             * @description How it stands.
             * @example done
             */
            state: components["schemas"]["BackupState"];
            /**
             * @description The directory that was asked for.
             * @example /var/backups/meterhouse
             */
            directory: string;
            /**
             * @description Its folder in the directory, for `meterhouse restore`; null until it is whole.
             * @example /var/backups/meterhouse/2026-03-02T10-15-30Z
             */
            path: string | null;
            /**
             * Format: date-time
             * @description When it was asked for.
             * @example 2026-03-02T10:15:30.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Everything that was accepted before this is in it; null until deliveries have paused.
             * @example 2026-03-02T10:15:30.000Z
             */
            createdAt: string | null;
            /**
             * Format: int64
             * @description Milliseconds for which accepted events waited in the log for it; null until it is over.
             * @example 80
             */
            pauseMs: number | null;
            /**
             * Format: int64
             * @description Bytes that are written or linked.
             * @example 12345678
             */
            bytes: number;
            /**
             * Format: int64
             * @description Bytes that it will have; 0 until they are known.
             * @example 12345678
             */
            bytesTotal: number;
            /**
             * Format: int64
             * @description Of these, bytes that the backup before it in the directory does not have.
             * @example 1234567
             */
            bytesNew: number;
            /**
             * @description Why it failed; null where it did not.
             * @example null
             */
            error: string | null;
        };
        /**
         * @description How it stands.
         * @enum {string}
         */
        BackupState: "running" | "done" | "failed";
        BandDto: {
            /**
             * @description The expected value.
             * @example 48210.5
             */
            expected: number;
            /**
             * @description Lower bound of the 80 % interval: in one of ten cases it comes to less.
             * @example 44870.25
             */
            low80: number;
            /**
             * @description Upper bound of the 80 % interval.
             * @example 51002.75
             */
            high80: number;
            /**
             * @description Lower bound of the 95 % interval.
             * @example 41906.5
             */
            low95: number;
            /**
             * @description Upper bound of the 95 % interval.
             * @example 54377
             */
            high95: number;
        };
        BreakdownDto: {
            /** @description The page of endpoints that `sort`, `order`, `limit` and `offset` ask for. */
            byEndpoint: components["schemas"]["EndpointUsageDto"][];
            /** @description Every method, most requests first; of more than 1,000 the last is `{other}`, all others together. */
            byMethod: components["schemas"]["MethodUsageDto"][];
            /** @description Every status code, ascending. */
            byStatusCode: components["schemas"]["StatusCodeUsageDto"][];
            /** @description Every key, most requests first; of more than 1,000 the last is `{other}`, all others together. */
            byKey: components["schemas"]["KeyUsageDto"][];
        };
        CallerDto: {
            /**
             * @description Whether an API key was sent or a share token.
             * @example key
             */
            kind: components["schemas"]["CallerKind"];
            /**
             * @description The key's id; for a token that of the key that made it, whose budget counts its calls.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId: string;
            /**
             * @description The account that the caller belongs to; a token, the one that it reads.
             * @example acme
             */
            accountId: string;
            /**
             * @description The key's name; null for a token, which is often in a customer's hands.
             * @example Checkout service
             */
            name: string | null;
            /**
             * @description Sets the limits of the calls.
             * @example starter
             */
            tier: components["schemas"]["Tier"];
            /**
             * @description Everything that the caller may do: an admin all of them, a token no more than the key that made it.
             * @example [
             *       "usage:read",
             *       "events:write"
             *     ]
             */
            permissions: components["schemas"]["Permission"][];
            /**
             * @description The keys to which a token is restricted; null: all of the account.
             * @example null
             */
            keyIds: string[] | null;
            /**
             * @description Whether the caller reads and manages all accounts.
             * @example false
             */
            isAdmin: boolean;
            /**
             * Format: date-time
             * @description When the key or token ends; null: never.
             * @example 2027-01-31T00:00:00.000Z
             */
            expiresAt: string | null;
        };
        /**
         * @description Whether an API key was sent or a share token.
         * @enum {string}
         */
        CallerKind: "key" | "token";
        CapacityResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One for each limit of each key, the first to run out first, then by use. Keys without limits have none. */
            limits: components["schemas"]["KeyLimitDto"][];
            /** @description Where this page stands in the whole list. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T09:41:07.000Z
             */
            timestamp: string;
        };
        ChangeDto: {
            /**
             * @description The figure less that of the period before. Null where either is null.
             * @example 1204
             */
            absolute: number | null;
            /**
             * @description In percent of the period before. Null where either is null, or there was nothing before.
             * @example 7.069931
             */
            percent: number | null;
        };
        ChangesDto: {
            /** @description The change of each figure in `usage`. */
            usage: {
                [key: string]: components["schemas"]["ChangeDto"];
            };
            /** @description The change of each figure in `latency`, with `includeLatency`. */
            latency?: {
                [key: string]: components["schemas"]["ChangeDto"];
            };
        };
        ChannelDto: {
            /**
             * @description Names the channel.
             * @example chn_4fJ2mZ0aQ9xT7bKd
             */
            id: string;
            /**
             * @description The account that owns it.
             * @example acme
             */
            accountId: string;
            /**
             * @description What people call it.
             * @example On call
             */
            name: string;
            /**
             * @description How it is sent to.
             * @example webhook
             */
            type: components["schemas"]["ChannelType"];
            /**
             * @description Where it is sent to, with … in place of what is secret: the path of Slack, the key of PagerDuty, passwords, queries.
             * @example https://example.com/hooks/meterhouse
             */
            target: string;
            /**
             * @description Whether it is sent to.
             * @example true
             */
            enabled: boolean;
            /**
             * @description Why the service disabled it: its target answered 410, or nothing was delivered for five days. Else null.
             * @example null
             */
            disabledReason: string | null;
            /** @description The last attempt within 30 days. */
            lastDelivery: components["schemas"]["DeliveryDto"] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-03-02T10:15:30.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-03-02T10:15:30.000Z
             */
            updatedAt: string;
        };
        ChannelSecretDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The channel as it is now. */
            channel: components["schemas"]["ChannelDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
            /**
             * @description The secret by which messages of a webhook are verified, shown this once. Other types have none.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret?: string;
        };
        /**
         * @description How it is sent to.
         * @enum {string}
         */
        ChannelType: "webhook" | "slack" | "pagerduty" | "email" | "alertmanager";
        ChannelsDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One page of the channels, the oldest first. */
            channels: components["schemas"]["ChannelDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        ClosedDto: {
            /**
             * Format: date-time
             * @description When it was closed: a day after its end at the earliest.
             * @example 2026-11-02T00:04:00.000Z
             */
            at: string;
            /**
             * @description Its total then.
             * @example 169.00
             */
            total: string;
            /**
             * Format: int64
             * @description Its requests then.
             * @example 250000
             */
            requests: number;
        };
        ComparisonDto: {
            /** @description The period before the window; see `compare`. */
            period: components["schemas"]["PreviousPeriodDto"];
            /** @description Its totals. */
            usage: components["schemas"]["UsageTotalsDto"];
            /** @description Its time series, by the same granularity. */
            timeSeries: components["schemas"]["PointDto"][];
            /** @description With `includeLatency`. */
            latency?: components["schemas"]["LatencyDto"];
            /** @description What has changed since. */
            change: components["schemas"]["ChangesDto"];
        };
        CostPeriodDto: {
            /**
             * Format: date-time
             * @description Start of the billing period or the window.
             * @example 2026-11-01T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end, exclusive; of a running period it is to come.
             * @example 2026-12-01T00:00:00.000Z
             */
            to: string;
            /**
             * @description The zone in which buckets begin.
             * @example UTC
             */
            timezone: string;
            /**
             * @description Whether it is over and all of its accepted events are counted.
             * @example false
             */
            complete: boolean;
            /**
             * Format: date-time
             * @description Every event accepted before is counted.
             * @example 2026-11-28T11:59:58.000Z
             */
            watermark: string;
        };
        CostPlanDto: {
            /**
             * @description Its id.
             * @example pln_4fJ2mZ0aQ9xT7bKd
             */
            id: string;
            /**
             * Format: int64
             * @description The version that was the last to hold in the window.
             * @example 2
             */
            version: number;
            /**
             * @description Its name.
             * @example Starter
             */
            name: string;
        };
        CostPointDto: {
            /**
             * Format: date-time
             * @description Start of the bucket.
             * @example 2026-11-01T00:00:00.000Z
             */
            timestamp: string;
            /**
             * @description Its share of the lines, by units.
             * @example 4.12
             */
            amount: string;
        };
        CostResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The plan by which it was priced. */
            plan: components["schemas"]["CostPlanDto"];
            /**
             * @description The currency of all amounts (ISO 4217).
             * @example USD
             */
            currency: string;
            /** @description What was priced. */
            period: components["schemas"]["CostPeriodDto"];
            /**
             * @description Lines and flat fee, less discount and cut, and the top-up.
             * @example 169.00
             */
            total: string;
            /** @description One for each price of the plan. */
            lines: components["schemas"]["LineDto"][];
            /**
             * @description The flat fee; of a part of a period by its time.
             * @example 49.00
             */
            flatFee: string;
            /**
             * @description Taken off the lines.
             * @example 0.00
             */
            discount: string;
            /**
             * @description What is added up to the minimum of the period, at its end.
             * @example 0.00
             */
            minimumTopUp: string;
            /**
             * @description What is above the maximum of the period, taken off.
             * @example 0.00
             */
            maximumCut: string;
            /** @description Requests without a price, by the reason. */
            unpriced: components["schemas"]["UnpricedDto"][];
            /** @description At most 1,000 keys, the dearest first. */
            byKey: components["schemas"]["KeyCostDto"][];
            /** @description At most 1,000 endpoints, the dearest first. */
            byEndpoint: components["schemas"]["EndpointCostDto"][];
            /** @description The lines by time, up to now. */
            timeSeries: components["schemas"]["CostPointDto"][];
            /** @description What requests cost that were of no use. */
            waste: components["schemas"]["WasteDto"];
            /** @description Of a period that is over, by the plan of the account and without filters: what it came to when it was closed; null before, and for any other window. */
            closed: components["schemas"]["ClosedDto"] | null;
            /** @description What has changed since. `total` is the total of `closed` with these. */
            adjustments: components["schemas"]["AdjustmentDto"][];
            /** @description Of the running period; null for any other window, with filters, and where too little is known. */
            projected: components["schemas"]["ProjectedDto"] | null;
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T12:00:00.000Z
             */
            timestamp: string;
        };
        CreateChannelDto: {
            /**
             * @description What people call the channel.
             * @example On call
             */
            name: string;
            /**
             * @description How it is sent to.
             * @example webhook
             */
            type: components["schemas"]["ChannelType"];
            /**
             * @description Where it is sent to. A `webhook`, `slack` (an incoming webhook) or `alertmanager` (its address without a path): a URL, with user and password in it where Basic authorization is needed. `pagerduty`: the integration key of Events API v2. `email`: 1 to 10 addresses with commas between them. What is secret in it is not shown again.
             * @example https://example.com/hooks/meterhouse
             */
            target: string;
            /**
             * @description The account that owns the channel; admins only. Left out: the calling key's account.
             * @example acme
             */
            accountId?: string;
        };
        CreateKeyDto: {
            /**
             * @description What people call the key.
             * @example Checkout service
             */
            name: string;
            /**
             * @description What the key is for.
             * @example Production, both regions
             */
            description?: string | null;
            /**
             * @description The key's tier, which sets its limits. A member cannot go above the highest of its account's keys, and only an enterprise key or an admin can give `enterprise`.
             * @default free
             * @example starter
             */
            tier: components["schemas"]["Tier"];
            /**
             * @description What the key may do. A member can grant what its own key holds. By default usage:read and events:write, as far as the calling key holds them.
             * @example [
             *       "usage:read",
             *       "events:write"
             *     ]
             */
            permissions?: components["schemas"]["Permission"][];
            /** @description The key's own limits; only for the tier enterprise. None set: no limit. */
            rateLimit?: components["schemas"]["RateLimitDto"] | null;
            /**
             * Format: date-time
             * @description When the key ends, ISO 8601 with a zone (a date alone is midnight UTC). Left out: never, or with the calling key where that ends; a key cannot make or prolong one to outlive it, except an admin a key without that permission.
             * @example 2027-01-31T00:00:00.000Z
             */
            expiresAt?: string | null;
            /**
             * @description Anything of your own, kept with the key; at most 4 KiB as JSON.
             * @example {
             *       "team": "payments"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The account that owns the key; admins only. Left out: the calling key's account.
             * @example acme
             */
            accountId?: string;
        };
        CreateRuleDto: {
            /**
             * @description What people call the rule, in 1 to 100 characters.
             * @example Errors of checkout
             */
            name?: string;
            /**
             * @description Whether it is evaluated.
             * @default true
             * @example true
             */
            enabled: boolean;
            /**
             * @description How urgent its alerts are.
             * @default medium
             * @example high
             * @enum {string}
             */
            severity: "low" | "medium" | "high" | "critical";
            /**
             * @description What is watched, as `GET /usage` defines it: rates and utilization in percent, latencies in milliseconds, dataTransferred in bytes. utilization is the largest share of what the limits of the keys allow over the window. cost is what the running billing period costs by now and projectedCost what it is expected to cost at its end, in the currency of the plan; runway is the days until the first limit is met. These three are of one account, judged once an hour by a threshold: cost above, runway below.
             * @example errorRate
             * @enum {string}
             */
            metric?: "requests" | "failedRequests" | "errorRate" | "throttledRequests" | "throttledRate" | "averageLatency" | "peakLatency" | "p50" | "p75" | "p90" | "p95" | "p99" | "dataTransferred" | "utilization" | "cost" | "projectedCost" | "runway";
            /**
             * @description Which requests count: lists of at most 50 values by `keyId`, `endpoint`, `method`, `statusCode` (codes, or classes such as "5xx") and `errorType`.
             * @example {
             *       "endpoint": [
             *         "/v1/orders"
             *       ],
             *       "method": [
             *         "POST"
             *       ]
             *     }
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * @description One alert for each key or endpoint; null: one for all.
             * @example key
             * @enum {string|null}
             */
            groupBy?: "key" | "endpoint" | null;
            /**
             * @description How long a window is. Windows overlap; one ends every minute (5m), 5 minutes (15m), 15 minutes (1h), hour (6h, 24h) or 6 hours (7d). burnRate and quota, cost and runway have windows of their own.
             * @default 15m
             * @example 15m
             * @enum {string}
             */
            window: "5m" | "15m" | "1h" | "6h" | "24h" | "7d";
            /**
             * @description When a window breaches. One of `{type: "threshold", operator: "above"|"below", value, recovery?}` (it resolves at `recovery`, by default at `value`); `{type: "change", against: "previous"|"lastWeek", direction: "up"|"down"|"both", percent}`; `{type: "anomaly", direction, sensitivity: "low"|"medium"|"high"}`, against the same hours of the four weeks before; `{type: "burnRate", objective}` for the metric errorRate, in percent of good requests; `{type: "quota", window: "day"|"month", percent: [50, 80, 100]}` for the metric requests, each crossing once a period.
             * @example {
             *       "type": "threshold",
             *       "operator": "above",
             *       "value": 5,
             *       "recovery": 3
             *     }
             */
            condition?: {
                [key: string]: unknown;
            };
            /**
             * @description A rate, a latency, a change or an anomaly of fewer requests does not breach.
             * @default 20
             * @example 20
             */
            minimumRequests: number;
            /**
             * @description The rule fires when `windows` of the last `of` windows breach; at most 60.
             * @default {
             *       "windows": 1,
             *       "of": 1
             *     }
             * @example {
             *       "windows": 2,
             *       "of": 3
             *     }
             */
            breaching: {
                [key: string]: unknown;
            };
            /**
             * @description What a complete window without a request is: good, a breach, or nothing new. A count of 0 is a value all the same.
             * @default ok
             * @example ok
             * @enum {string}
             */
            noData: "ok" | "alert" | "keep";
            /**
             * @description After how many minutes who was told of a firing alert is reminded, until somebody acknowledges it; 5 to 10,080; null: never.
             * @example 240
             */
            renotifyAfterMinutes?: number | null;
            /**
             * @description Who is told: ids of at most 20 channels of the account.
             * @default []
             * @example []
             */
            channels: string[];
            /**
             * @description When windows are judged, by their end: `{timezone, days: [1–7, 1 is Monday], from: "09:00", to: "18:00"}` by the clocks of the zone; null: always.
             * @example {
             *       "timezone": "Europe/Berlin",
             *       "days": [
             *         1,
             *         2,
             *         3,
             *         4,
             *         5
             *       ],
             *       "from": "09:00",
             *       "to": "18:00"
             *     }
             */
            schedule?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The account that is watched; admins only. null: all accounts together. Left out: the calling key's account.
             * @example acme
             */
            accountId?: string | null;
        };
        CreateSilenceDto: {
            /**
             * @description The account whose alerts are silenced; admins only. null: all accounts. Left out: the calling key's account.
             * @example acme
             */
            accountId?: string | null;
            /**
             * @description Rules of the account, at most 100; left out or empty: all of them.
             * @example []
             */
            ruleIds?: string[];
            /**
             * @description Of rules that are grouped the keys or endpoints, at most 100; left out or empty: all of them.
             * @example [
             *       "/v1/orders"
             *     ]
             */
            groups?: string[];
            /**
             * Format: date-time
             * @description When it begins; left out: now.
             * @example 2026-03-02T10:00:00Z
             */
            from?: string;
            /**
             * Format: date-time
             * @description When it ends, in the future and after its begin.
             * @example 2099-03-02T12:00:00Z
             */
            to: string;
            /**
             * @description Why, in at most 500 characters.
             * @example Migration
             */
            comment?: string | null;
        };
        CreateTokenDto: {
            /**
             * @description The account that the token reads; admins only. Left out: the calling key's account.
             * @example acme
             */
            accountId?: string;
            /**
             * @description The keys of the account that the token reads, at most 32; others do not exist for it. Left out: all of them.
             * @example [
             *       "key_4fJ2mZ0aQ9xT7bKd"
             *     ]
             */
            keyIds?: string[];
            /**
             * @description What the token may do, as far as the calling key may. Left out: all of these that the key may.
             * @example [
             *       "usage:read"
             *     ]
             */
            permissions?: components["schemas"]["TokenPermission"][];
            /**
             * Format: int64
             * @description Seconds for which the token works; a minute to 30 days.
             * @default 3600
             * @example 3600
             */
            expiresInSeconds: number;
        };
        CreatedTokenDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * @description The token, shortened here. It is shown this once and stored nowhere.
             * @example mht_WyJ0b2tfNUoyblMwYVE5eFQ3YktkNCIsImtleV80ZkoybVowYVE5eFQ3YktkIiwiYWNtZSIsbnVsbF0.q3Zk
             */
            token: string;
            /**
             * @description Names the token.
             * @example tok_5J2nS0aQ9xT7bKd4
             */
            tokenId: string;
            /**
             * Format: date-time
             * @description When it ends, if the key that made it does not end before.
             * @example 2026-03-02T11:15:30.000Z
             */
            expiresAt: string;
            /**
             * @description Opens the dashboard with the token, which stands in the fragment and so reaches no server.
             * @example https://usage.example.com/app#token=mht_WyJ0b2tfNUoyblMwYVE5eFQ3YktkNCIsImtleV80ZkoybVowYVE5eFQ3YktkIiwiYWNtZSIsbnVsbF0.q3Zk
             */
            url: string;
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        DeleteEventsDto: {
            /**
             * @description The account whose events are deleted.
             * @example acme
             */
            accountId: string;
            /**
             * @description Only events of this key of the account. Default: all its keys.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId?: string;
            /**
             * @description Only events at or after this: a date (midnight UTC) or an ISO 8601 time, within the raw retention. Default: from the first event on.
             * @example 2026-02-14T09:00:00Z
             */
            from?: string;
            /**
             * @description Only events before this: a date (midnight UTC) or an ISO 8601 time, within the raw retention. Default: to the last event.
             * @example 2026-02-15
             */
            to?: string;
            /**
             * @description Has to be true: what is deleted is gone.
             * @example true
             * @enum {boolean}
             */
            confirm: true;
        };
        DeleteEventsResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * @description The account.
             * @example acme
             */
            accountId: string;
            /**
             * @description The key; null for all keys.
             * @example null
             */
            keyId: string | null;
            /**
             * Format: date-time
             * @description Start of what was deleted; null where none was given.
             * @example 2026-02-14T09:00:00.000Z
             */
            from: string | null;
            /**
             * Format: date-time
             * @description End of what was deleted, not included; null where none was given.
             * @example 2026-02-15T00:00:00.000Z
             */
            to: string | null;
            /**
             * @description Raw events that were deleted.
             * @example 12345
             */
            eventsDeleted: number;
            /**
             * @description Events that were deleted from this instance's dead letters and damaged parts of the log, out of which they could have been taken back.
             * @example 0
             */
            parkedEventsDeleted: number;
            /** @description Each rollup, finest first. */
            rollups: components["schemas"]["RollupDeletionDto"][];
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        DeliveriesDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One page of the attempts, the newest first. */
            deliveries: components["schemas"]["DeliveryDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        DeliveryDto: {
            /**
             * @description The attempt's id.
             * @example dlv_5J2nS0aQ9xT7bKd4
             */
            id: string;
            /**
             * @description The id of the message, the same at each attempt: `webhook-id` of a webhook.
             * @example ntf_8a1f0b5c9d2e47a3
             */
            notificationId: string;
            /**
             * @description The alert; null for a message about none.
             * @example alr_2vQ8mX4tB7nK1cYd
             */
            alertId: string | null;
            /**
             * @description What the message says.
             * @example firing
             */
            kind: components["schemas"]["DeliveryKind"];
            /**
             * Format: int64
             * @description The number of the attempt, from 1.
             * @example 1
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-03-02T10:15:30.000Z
             */
            at: string;
            /**
             * @description Whether the receiver took it.
             * @example false
             */
            delivered: boolean;
            /**
             * Format: int64
             * @description HTTP's or SMTP's; null where there was no answer.
             * @example 503
             */
            statusCode: number | null;
            /**
             * Format: int64
             * @description Milliseconds it took.
             * @example 182
             */
            durationMs: number;
            /**
             * @description The first KiB of the answer.
             * @example Service Unavailable
             */
            answer: string;
            /**
             * @description Why it was not delivered; null where it was.
             * @example It answered 503.
             */
            error: string | null;
        };
        /**
         * @description What the message says.
         * @enum {string}
         */
        DeliveryKind: "firing" | "reminder" | "resolved" | "test" | "channelDisabled";
        DismissAdviceDto: {
            /**
             * @description Why, in at most 500 characters.
             * @example A nightly export, which may take its time.
             */
            reason?: string | null;
        };
        DriftedRowDto: {
            /**
             * Format: date-time
             * @description Start of its bucket.
             * @example 2026-02-14T09:00:00.000Z
             */
            bucket: string;
            /**
             * @description Its account.
             * @example acme
             */
            accountId: string;
            /**
             * @description Its key.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId: string;
            /**
             * @description Its endpoint; null in a traffic rollup, whose rows are of a key alone.
             * @example /v1/orders/{id}
             */
            endpoint: string | null;
            /**
             * @description Its HTTP method; null in a traffic rollup, whose rows are of a key alone.
             * @example GET
             */
            method: string | null;
            /**
             * @description Its HTTP status; null in a traffic rollup, whose rows are of a key alone.
             * @example 200
             */
            statusCode: number | null;
            /**
             * @description Its error type, empty for a request that did not fail; null in a traffic rollup, whose rows are of a key alone.
             * @example
             */
            errorType: string | null;
            /**
             * @description Requests that the raw events give.
             * @example 12
             */
            expected: number;
            /**
             * @description Requests that the rollup holds.
             * @example 11
             */
            found: number;
            /**
             * @description Which of its figures differ.
             * @example [
             *       "requests",
             *       "latencySum",
             *       "bytes",
             *       "percentiles"
             *     ]
             */
            differs: ("requests" | "failed" | "throttled" | "timed" | "latencySum" | "latencyMax" | "bytes" | "percentiles" | "lastRequestAt")[];
        };
        EndpointCostDto: {
            /**
             * @description Its name; `{other}`: all past the first 1,000 too.
             * @example /v1/search
             */
            endpoint: string;
            /**
             * Format: int64
             * @description Its requests, those without a price too.
             * @example 120000
             */
            requests: number;
            /**
             * @description Its share of the lines, by units.
             * @example 57.60
             */
            amount: string;
        };
        EndpointErrorsDto: {
            /**
             * @description Route template.
             * @example /v1/orders/{id}
             */
            endpoint: string;
            /**
             * Format: int64
             * @description Failed requests.
             * @example 77
             */
            count: number;
            /**
             * @description In percent of the requests of this endpoint.
             * @example 1.503906
             */
            errorRate: number;
        };
        EndpointUsageDto: {
            /**
             * @description 50th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 61.25
             */
            p50?: number | null;
            /**
             * @description 95th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 244
             */
            p95?: number | null;
            /**
             * @description 99th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 812
             */
            p99?: number | null;
            /**
             * @description Route template.
             * @example /v1/orders/{id}
             */
            endpoint: string;
            /**
             * Format: int64
             * @description All requests.
             * @example 5120
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above.
             * @example 77
             */
            failedRequests: number;
            /**
             * @description Successful requests, in percent.
             * @example 98.496094
             */
            successRate: number;
            /**
             * @description Mean latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 92.1
             */
            averageLatency?: number | null;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 20971520
             */
            dataTransferred: number;
            /**
             * Format: date-time
             * @description Time of the last request.
             * @example 2026-11-22T17:04:58.120Z
             */
            lastRequestAt: string;
        };
        /**
         * @description The kind of error, for programs.
         * @enum {string}
         */
        ErrorCode: "INVALID_TIMEFRAME" | "INVALID_GRANULARITY" | "GRANULARITY_TOO_FINE" | "INVALID_PARAMETERS" | "QUERY_REFUSED" | "QUERY_FAILED" | "UNAUTHORIZED" | "API_KEY_EXPIRED" | "API_KEY_REVOKED" | "FORBIDDEN" | "LIMIT_REACHED" | "KEY_NOT_FOUND" | "ACCOUNT_NOT_FOUND" | "CHANNEL_NOT_FOUND" | "RULE_NOT_FOUND" | "ALERT_NOT_FOUND" | "PLAN_NOT_FOUND" | "NOT_FOUND" | "PAYLOAD_TOO_LARGE" | "RATE_LIMIT_EXCEEDED" | "INTERNAL" | "OVERLOADED";
        ErrorDetailDto: {
            /**
             * @description The parameter, or the body field as a dotted path.
             * @example limit
             */
            field: string;
            /**
             * @description What was wrong with it, and what would be right.
             * @example limit should be a whole number from 1 to 1000, but is "0".
             */
            message: string;
        };
        ErrorDto: {
            /**
             * @description Always false.
             * @example false
             * @enum {boolean}
             */
            success: false;
            /**
             * @description The kind of error, for programs.
             * @example INVALID_PARAMETERS
             */
            error: components["schemas"]["ErrorCode"];
            /**
             * @description What was wrong and what would be right, for people.
             * @example limit should be a whole number from 1 to 1000, but is "0".
             */
            message: string;
            /** @description Each field that was wrong. */
            details?: components["schemas"]["ErrorDetailDto"][];
            /**
             * @description Names this call in the log; also sent as `X-Request-Id`.
             * @example 0f8fad5b-d9cb-469f-a165-70867728950e
             */
            requestId: string;
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        ErrorTypeDto: {
            /**
             * @description Error type, as sent or named after the status.
             * @example not_found
             */
            type: string;
            /**
             * Format: int64
             * @description Failed requests.
             * @example 210
             */
            count: number;
            /**
             * @description In percent of all failed requests.
             * @example 63.253012
             */
            percentage: number;
            /**
             * @description What the type means.
             * @example The resource does not exist.
             */
            description: string;
        };
        ErrorsDto: {
            /**
             * Format: int64
             * @description Failed requests.
             * @example 332
             */
            totalErrors: number;
            /**
             * @description In percent of all requests. Null without any.
             * @example 1.820774
             */
            errorRate: number | null;
            /** @description Every error type, most first; of more than 1,000 the last is `{other}`, all others together. */
            byType: components["schemas"]["ErrorTypeDto"][];
            /** @description Endpoints with failed requests, most first; at most 1,000. */
            byEndpoint: components["schemas"]["EndpointErrorsDto"][];
            /** @description Every failed status code, ascending. */
            byStatusCode: components["schemas"]["StatusCodeErrorsDto"][];
        };
        EventDto: {
            /**
             * @description Names the event, so that sending it again within 7 days counts it once in its account. Made by the service when missing.
             * @example 01968f3e-7c1a-7b30-9d42-6a1f0e5c2b88
             */
            id?: string;
            /**
             * @description When the request was made: ISO 8601 with `Z` or an offset, or epoch milliseconds. At most 5 minutes ahead, and not older than raw events are kept (90 days unless configured). Default: when the service receives it.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp?: string | number;
            /**
             * @description The key the request was made with. Default: the calling key. An admin may name any key.
             * @example key_4fTz0aQ8c1dR7w2L
             */
            keyId?: string;
            /**
             * @description The HTTP method, a token with at least one letter, in any case; it is stored in upper case. Past 50 methods beside the seven common ones of an account in a UTC day, new ones become `{other}`.
             * @example GET
             */
            method: string;
            /**
             * @description A route template or a path, which is counted under one name: the query string and parameters such as `;jsessionid=…` are cut, percent-encoding is normalised, and what varies becomes `{id}`: numbers, dates, UUIDs, hex and opaque ids, addresses, also inside a segment (`/Users(42)` → `/Users({id})`, `/invoice-100234.pdf` → `/invoice-{id}.pdf`). `:userId`, `<int:userId>` and `{userId:int}` are `{userId}`. Words, versions and years in words stay. Names past those that an account may have in a UTC day (500 to 10,000, by tier) become `{other}`.
             * @example /v1/users/{id}
             */
            endpoint: string;
            /**
             * Format: int64
             * @description The HTTP status.
             * @example 200
             */
            statusCode: number;
            /**
             * @description How long the request took, in milliseconds; stored to the microsecond. Of status 101 and 429 it is not counted.
             * @example 42.5
             */
            latencyMs: number;
            /**
             * Format: int64
             * @description The request body's size, in bytes.
             * @default 0
             * @example 512
             */
            requestBytes: number;
            /**
             * Format: int64
             * @description The response body's size, in bytes.
             * @default 0
             * @example 2048
             */
            responseBytes: number;
            /**
             * @description What went wrong. Default for a status of 400 and above: a name for the code, such as `not_found` or `internal_error`. Ignored below 400. Spaces around it are cut; it has no comma, which separates the types in a filter. Past 1,000 types of an account in a UTC day, new ones become `{other}`.
             * @example not_found
             */
            errorType?: string;
        };
        EventsDto: {
            /** @description The events. */
            events: components["schemas"]["EventDto"][];
        };
        EvidenceDto: {
            /**
             * @description What was measured.
             * @example errorRate
             */
            metric: string;
            /**
             * @description What it came to, in the unit of the metric.
             * @example 12.4
             */
            value: number;
            /**
             * @description The configured threshold that it passed.
             * @example 5
             */
            threshold: number;
            /**
             * Format: date-time
             * @description Start of the time that was looked at.
             * @example 2026-11-21T17:05:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the time that was looked at.
             * @example 2026-11-22T17:05:21.417Z
             */
            to: string;
        };
        ExhaustionDto: {
            /**
             * Format: date-time
             * @description The UTC day on which the limit is expected to be met. Null: not within 90 days.
             * @example 2027-01-14T00:00:00.000Z
             */
            expected: string | null;
            /**
             * Format: date-time
             * @description The day by the upper bound of the 80 % interval: as early as in one of ten cases.
             * @example 2026-12-20T00:00:00.000Z
             */
            earliest: string | null;
            /**
             * Format: date-time
             * @description The day by the lower bound of the 80 % interval.
             * @example null
             */
            latest: string | null;
        };
        FeaturesDto: {
            /**
             * @description Whether `POST /sql` runs statements: with the embedded engine, but not where `CLICKHOUSE_URL` names a server.
             * @example true
             */
            sql: boolean;
        };
        FiringDto: {
            /** @description What it is about, where the rule is grouped. */
            group: components["schemas"]["AlertGroupDto"];
            /**
             * Format: date-time
             * @description When it would have fired.
             * @example 2026-03-02T10:15:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description When it would have been resolved; null: it would be firing now.
             * @example 2026-03-02T10:45:00.000Z
             */
            to: string | null;
            /**
             * @description What the metric came to when it fired.
             * @example 12.4
             */
            value: number | null;
            /**
             * @description What it was compared with.
             * @example 5
             */
            threshold: number | null;
        };
        /**
         * @description `low` where the history is short, `none` where there is no forecast; `notice` says why.
         * @enum {string}
         */
        ForecastConfidence: "ok" | "low" | "none";
        /** @enum {string} */
        ForecastGranularity: "hour" | "day" | "week" | "month";
        ForecastHistoryDto: {
            /**
             * Format: date-time
             * @description Start of the first hour that the forecast is made from.
             * @example 2026-10-03T10:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the last complete hour; here the forecast begins.
             * @example 2026-11-28T09:00:00.000Z
             */
            to: string;
            /**
             * Format: int64
             * @description Requests of these hours, throttled ones among them.
             * @example 2604113
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests of these hours that were answered 429.
             * @example 12008
             */
            throttledRequests: number;
        };
        /** @enum {string} */
        ForecastHorizon: "24h" | "7d" | "30d" | "90d";
        /**
         * @description `week-shape`: the shape of the week times its present level; `day-shape`: that of the day, where there are less than two weeks; `none`: too little history.
         * @enum {string}
         */
        ForecastMethod: "week-shape" | "day-shape" | "none";
        /** @enum {string} */
        ForecastMetric: "requests" | "dataTransferred";
        ForecastPointDto: {
            /**
             * @description The expected value.
             * @example 48210.5
             */
            expected: number;
            /**
             * @description Lower bound of the 80 % interval: in one of ten cases it comes to less.
             * @example 44870.25
             */
            low80: number;
            /**
             * @description Upper bound of the 80 % interval.
             * @example 51002.75
             */
            high80: number;
            /**
             * @description Lower bound of the 95 % interval.
             * @example 41906.5
             */
            low95: number;
            /**
             * @description Upper bound of the 95 % interval.
             * @example 54377
             */
            high95: number;
            /**
             * Format: date-time
             * @description Start of the bucket. The first is the running one, with what it has counted already.
             * @example 2026-11-28T00:00:00.000Z
             */
            timestamp: string;
        };
        ForecastResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * @description `week-shape`: the shape of the week times its present level; `day-shape`: that of the day, where there are less than two weeks; `none`: too little history.
             * @example week-shape
             */
            method: components["schemas"]["ForecastMethod"];
            /** @description What the forecast is made from. */
            history: components["schemas"]["ForecastHistoryDto"];
            /** @description Whole buckets, up to the one that holds the end of the horizon. None without a forecast. */
            points: components["schemas"]["ForecastPointDto"][];
            /** @description All of the horizon together, with intervals of its own. Null without a forecast. */
            total: components["schemas"]["BandDto"] | null;
            /** @description How forecasts at days of the past would have done. Null where the history is too short to tell. */
            accuracy: components["schemas"]["AccuracyDto"] | null;
            /**
             * @description `low` where the history is short, `none` where there is no forecast; `notice` says why.
             * @example ok
             */
            confidence: components["schemas"]["ForecastConfidence"];
            /**
             * @description What should be known beside; null where there is nothing.
             * @example 0.5 % of the requests of the history were throttled; they count as demand.
             */
            notice: string | null;
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T09:41:07.000Z
             */
            timestamp: string;
        };
        GroupDto: {
            /**
             * @description The value of each dimension in `by`. Null for all requests that are in no other group.
             * @example {
             *       "endpoint": "/v1/orders/{id}"
             *     }
             */
            group: {
                [key: string]: string | number;
            } | null;
            /**
             * Format: int64
             * @description All requests of the group.
             * @example 8120
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above.
             * @example 31
             */
            failedRequests: number;
            /**
             * Format: int64
             * @description Requests answered 429.
             * @example 3
             */
            throttledRequests: number;
            /**
             * @description In percent of all requests.
             * @example 44.532193
             */
            percentage: number;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 32768000
             */
            dataTransferred: number;
            /** @description With `includeLatency`. */
            latency?: components["schemas"]["LatencyDto"];
            /** @description One point for every bucket of the window. */
            timeSeries: components["schemas"]["PointDto"][];
        };
        GroupsDto: {
            /**
             * @description The dimensions of `groupBy`.
             * @example [
             *       "endpoint"
             *     ]
             */
            by: ("endpoint" | "method" | "statusCode" | "key" | "account")[];
            /** @description The first groups by requests, ties by name, and last all others together where there are any. */
            series: components["schemas"]["GroupDto"][];
        };
        HealthDto: {
            /**
             * @description Always true; a probe that fails gets the error shape.
             * @example true
             */
            success: boolean;
            /**
             * @description What was found.
             * @example ready
             * @enum {string}
             */
            status: "live" | "ready";
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        KeyBacktestDto: {
            /**
             * @description The key.
             * @example key_4fTz0aQ8c1dR7w2L
             */
            keyId: string;
            /**
             * @description The account that owns it.
             * @example acme
             */
            accountId: string;
            /**
             * @description What the key is called.
             * @example website
             */
            name: string;
            /**
             * @description Its tier now.
             * @example free
             * @enum {string}
             */
            tier: "free" | "starter" | "professional" | "enterprise";
            /**
             * Format: int64
             * @description What the key sent in the window, throttled requests among it.
             * @example 240117
             */
            requests: number;
            /**
             * @description The lowest tier that would have refused nothing; null where each would have, also enterprise with the own limits of the key.
             * @example professional
             * @enum {string|null}
             */
            fits: "free" | "starter" | "professional" | "enterprise" | null;
            /** @description What each tier would have refused, the lowest first. */
            byTier: components["schemas"]["TierBacktestDto"][];
            /** @description What the limits of `requestsPerMinute`, `requestsPerHour` and `requestsPerDay` would have refused; null where none is given. */
            custom: components["schemas"]["BacktestDto"] | null;
        };
        KeyCostDto: {
            /**
             * @description The key's id; `{other}`: all past the first 1,000.
             * @example key_4fTz0aQ8c1dR7w2L
             */
            keyId: string;
            /**
             * @description The key's name.
             * @example Production
             */
            name: string | null;
            /**
             * Format: int64
             * @description Its requests, those without a price too.
             * @example 120000
             */
            requests: number;
            /**
             * @description Its share of the lines, by units.
             * @example 57.60
             */
            amount: string;
        };
        KeyLimitDto: {
            /**
             * @description The key.
             * @example key_4fTz0aQ8c1dR7w2L
             */
            keyId: string;
            /**
             * @description The account that owns it.
             * @example acme
             */
            accountId: string;
            /**
             * @description What the key is called.
             * @example website
             */
            name: string;
            /**
             * @description Its tier.
             * @example starter
             * @enum {string}
             */
            tier: "free" | "starter" | "professional" | "enterprise";
            /**
             * @description The clock minute, hour or UTC day that the limit is of.
             * @example minute
             * @enum {string}
             */
            window: "minute" | "hour" | "day";
            /**
             * Format: int64
             * @description Requests that the limit allows in the window.
             * @example 300
             */
            limit: number;
            /**
             * Format: int64
             * @description Requests in the fullest window of the last 30 days, throttled ones among them; 0 where there were none.
             * @example 241
             */
            peak: number;
            /**
             * Format: date-time
             * @description Start of that window; null where there were no requests.
             * @example 2026-11-24T14:07:00.000Z
             */
            peakAt: string | null;
            /**
             * @description The peak in percent of the limit; above 100 requests were more than the limit allows.
             * @example 80.33
             */
            utilization: number;
            /** @description When the demand of a day meets the limit: today, where it has already. Null where even the upper bound does not within 90 days, or there are less than 14 complete days. */
            exhausts: components["schemas"]["ExhaustionDto"] | null;
        };
        /** @enum {string} */
        KeyOrder: "asc" | "desc";
        KeyRateLimitResponse: {
            /**
             * @description Calls allowed in a clock minute; null: no limit.
             * @example 300
             */
            requestsPerMinute: number | null;
            /**
             * @description Calls allowed in a clock hour; null: no limit.
             * @example null
             */
            requestsPerHour: number | null;
            /**
             * @description Calls allowed in a UTC day; null: no limit.
             * @example 100000
             */
            requestsPerDay: number | null;
        };
        KeyResponse: {
            /**
             * @description Names the key; it stays when the secret is rotated.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            id: string;
            /**
             * @description The account that owns it.
             * @example acme
             */
            accountId: string;
            /**
             * @description What people call it.
             * @example Checkout service
             */
            name: string;
            /**
             * @description What it is for.
             * @example Production, both regions
             */
            description: string | null;
            /**
             * @description Sets its limits.
             * @example starter
             */
            tier: components["schemas"]["Tier"];
            /**
             * @description What it may do.
             * @example [
             *       "usage:read",
             *       "events:write"
             *     ]
             */
            permissions: components["schemas"]["Permission"][];
            /** @description The limits in force: the tier's, or the key's own for enterprise. */
            rateLimit: components["schemas"]["KeyRateLimitResponse"];
            /**
             * @description Whether it works; revoked wins over expired.
             * @example active
             */
            status: components["schemas"]["KeyStatus"];
            /**
             * @description True for a key that is known only from the events an admin sent for it: it has no secret here.
             * @example false
             */
            external: boolean;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-01-12T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends; null: never.
             * @example 2027-01-31T00:00:00.000Z
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was revoked; null: it was not.
             * @example null
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description Its newest event or its latest call to this service, whichever is later; null: neither yet.
             * @example 2026-03-02T10:15:29.412Z
             */
            lastUsedAt: string | null;
            /** @description How much it was used. */
            usage: components["schemas"]["KeyUsageResponse"];
            /**
             * @description What its owner keeps with it.
             * @example {
             *       "team": "payments"
             *     }
             */
            metadata: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        KeySort: "createdAt" | "name" | "requests" | "lastUsedAt";
        /**
         * @description Whether it works; revoked wins over expired.
         * @enum {string}
         */
        KeyStatus: "active" | "expired" | "revoked";
        KeyUsageDto: {
            /**
             * @description The key.
             * @example key_4fTz0aQ8c1dR7w2L
             */
            keyId: string;
            /**
             * @description Its name; null for a key that is not known any more, and for `{other}`.
             * @example Production
             */
            name: string | null;
            /**
             * Format: int64
             * @description All requests.
             * @example 15000
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above.
             * @example 301
             */
            failedRequests: number;
            /**
             * @description In percent of all requests.
             * @example 82.263903
             */
            percentage: number;
        };
        KeyUsageResponse: {
            /**
             * Format: int64
             * @description Events of the key, ever.
             * @example 48213
             */
            totalRequests: number;
            /**
             * Format: int64
             * @description Since midnight UTC.
             * @example 1204
             */
            requestsToday: number;
            /**
             * Format: int64
             * @description Since the first of the month, UTC.
             * @example 20118
             */
            requestsThisMonth: number;
        };
        KeysResponse: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description One page, in the order asked for. */
            keys: components["schemas"]["KeyResponse"][];
            /** @description Counts over all keys, whatever the filter. */
            summary: components["schemas"]["KeysSummaryResponse"];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        KeysSummaryResponse: {
            /**
             * Format: int64
             * @description All keys.
             * @example 4
             */
            totalKeys: number;
            /**
             * Format: int64
             * @description Keys that work.
             * @example 2
             */
            activeKeys: number;
            /**
             * Format: int64
             * @description Keys past their end.
             * @example 1
             */
            expiredKeys: number;
            /**
             * Format: int64
             * @description Keys that were revoked.
             * @example 1
             */
            revokedKeys: number;
        };
        LatencyDto: {
            /**
             * @description Mean. Null where no request had a status other than 101 and 429.
             * @example 87.412
             */
            average: number | null;
            /**
             * @description Highest. Null where no request had a status other than 101 and 429.
             * @example 2210.5
             */
            peak: number | null;
            /**
             * @description 50th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 61.25
             */
            p50: number | null;
            /**
             * @description 75th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 92.5
             */
            p75: number | null;
            /**
             * @description 90th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 160
             */
            p90: number | null;
            /**
             * @description 95th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 244
             */
            p95: number | null;
            /**
             * @description 99th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 812
             */
            p99: number | null;
            /**
             * @description How far a percentile can be off the exact one, in percent of it, here and in the time series and breakdown. Everything else is exact.
             * @example 0.33
             */
            maxErrorPercent: number;
        };
        LatestBackupResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The backup that runs, or the last one since the service started; null when there was none. */
            backup: components["schemas"]["BackupDto"] | null;
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        LimitChangesDto: {
            /**
             * @description Keys that may be active at once; those known only from events do not count. Null: no limit; "default": that of the tier; left out: as it is.
             * @example 20
             */
            activeKeys?: (number | null) | "default";
            /**
             * @description Events in a clock minute. Null: no limit; "default": that of the tier; left out: as it is.
             * @example 50000
             */
            eventsPerMinute?: (number | null) | "default";
            /**
             * @description Events in a UTC day. Null: no limit; "default": that of the tier; left out: as it is.
             * @example null
             */
            eventsPerDay?: (number | null) | "default";
            /**
             * @description Names of endpoints in a UTC day; more are counted as {other}. Null: no limit; "default": that of the tier; left out: as it is.
             * @example 800
             */
            endpointNamesPerDay?: (number | null) | "default";
        };
        /**
         * @description Those of them that an admin set; the others are those of the tier.
         * @enum {string}
         */
        LimitName: "activeKeys" | "eventsPerMinute" | "eventsPerDay" | "endpointNamesPerDay";
        LimitsDto: {
            /**
             * Format: int64
             * @description Keys that may be active at once; null: no limit, here and below.
             * @example 10
             */
            activeKeys: number | null;
            /**
             * Format: int64
             * @description Events in a clock minute.
             * @example 20000
             */
            eventsPerMinute: number | null;
            /**
             * Format: int64
             * @description Events in a UTC day.
             * @example 1000000
             */
            eventsPerDay: number | null;
            /**
             * Format: int64
             * @description Names of endpoints in a UTC day; more are counted as `{other}`.
             * @example 500
             */
            endpointNamesPerDay: number | null;
        };
        LineDto: {
            /**
             * @description The price's id.
             * @example requests
             */
            priceId: string;
            /**
             * @description The price's name.
             * @example Requests
             */
            name: string;
            /**
             * @description Units of the window, after the weight.
             * @example 250000
             */
            units: number;
            /**
             * @description Those of them that are included.
             * @example 100000
             */
            includedUnits: number;
            /**
             * @description Those of them that are not.
             * @example 150000
             */
            billableUnits: number;
            /**
             * @description What they come to, rounded once, half away from zero.
             * @example 120.00
             */
            amount: string;
        };
        ListPaginationDto: {
            /**
             * Format: int64
             * @description Items that match the filter.
             * @example 4
             */
            total: number;
            /**
             * Format: int64
             * @description As asked for.
             * @example 100
             */
            limit: number;
            /**
             * Format: int64
             * @description As asked for.
             * @example 0
             */
            offset: number;
            /**
             * @description Whether there are items after this page.
             * @example false
             */
            hasMore: boolean;
        };
        LiveFiguresDto: {
            /**
             * Format: int64
             * @description All requests.
             * @example 14
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status below 400.
             * @example 12
             */
            successfulRequests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above, throttled ones included.
             * @example 2
             */
            failedRequests: number;
            /**
             * Format: int64
             * @description Requests answered 429.
             * @example 1
             */
            throttledRequests: number;
            /**
             * @description Mean latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 84.2
             */
            averageLatency: number | null;
            /**
             * @description Highest latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 310.5
             */
            peakLatency: number | null;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 57344
             */
            dataTransferred: number;
        };
        LiveMinuteDto: {
            /**
             * Format: date-time
             * @description Start of the minute.
             * @example 2026-11-22T17:05:00.000Z
             */
            minute: string;
            /**
             * @description Whether the minute has ended. Events that come late can still correct it while the next one runs.
             * @example false
             */
            complete: boolean;
            /** @description Ascending. Every second that has begun in the first message about a minute and in the one that completes it; in the others those that are new or changed since the message before, which take the place of what was sent for them. */
            seconds: components["schemas"]["LiveSecondDto"][];
            /** @description The whole minute so far: the sum of all of its seconds. */
            total: components["schemas"]["LiveFiguresDto"];
        };
        LiveSecondDto: {
            /**
             * Format: int64
             * @description All requests.
             * @example 14
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status below 400.
             * @example 12
             */
            successfulRequests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above, throttled ones included.
             * @example 2
             */
            failedRequests: number;
            /**
             * Format: int64
             * @description Requests answered 429.
             * @example 1
             */
            throttledRequests: number;
            /**
             * @description Mean latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 84.2
             */
            averageLatency: number | null;
            /**
             * @description Highest latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 310.5
             */
            peakLatency: number | null;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 57344
             */
            dataTransferred: number;
            /**
             * Format: date-time
             * @description Start of the second.
             * @example 2026-11-22T17:05:21.000Z
             */
            timestamp: string;
        };
        MatchDto: {
            /**
             * @description Names of endpoints; with * at the end all that begin so.
             * @example [
             *       "/v1/search*"
             *     ]
             */
            endpoint?: string[];
            /**
             * @description HTTP methods.
             * @example [
             *       "GET"
             *     ]
             */
            method?: string[];
            /**
             * @description Status codes, or classes of them.
             * @example [
             *       "2xx"
             *     ]
             */
            statusCode?: string[];
        };
        MeResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description Who calls. */
            caller: components["schemas"]["CallerDto"];
            /** @description What this service can do. */
            features: components["schemas"]["FeaturesDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        MethodUsageDto: {
            /**
             * @description HTTP method.
             * @example GET
             */
            method: string;
            /**
             * Format: int64
             * @description All requests.
             * @example 14011
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above.
             * @example 190
             */
            failedRequests: number;
            /**
             * @description In percent of all requests.
             * @example 76.840003
             */
            percentage: number;
        };
        NewSecretResponse: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The key. */
            key: components["schemas"]["KeyResponse"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
            /**
             * @description The secret. It is shown this once; only its SHA-256 is kept.
             * @example mh_0Zk3vQ8bN5cT1yXhJ7mR2wLdS9fGaP4uEoKiB6tVnMqYzCxW1sDlH
             */
            apiKey: string;
            /**
             * @description The key's id.
             * @example key_4fJ2mZ0aQ9xT7bKd
             */
            keyId: string;
        };
        OneAccountResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The account. */
            account: components["schemas"]["AccountWithLimitsDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OneAdviceDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The advice. */
            advice: components["schemas"]["AdviceDto"];
            /**
             * @description Whose it is.
             * @example acme
             */
            accountId: string;
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-01-13T10:15:30.000Z
             */
            timestamp: string;
        };
        OneAlertDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The alert. */
            alert: components["schemas"]["AlertOfRuleDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OneChannelDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The channel as it is now. */
            channel: components["schemas"]["ChannelDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OneDeliveryDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description What came of the attempt: `success` says only that it was made. */
            delivery: components["schemas"]["DeliveryDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OneKeyResponse: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The key. */
            key: components["schemas"]["KeyResponse"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OnePlanResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The plan. */
            plan: components["schemas"]["PlanDto"];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T12:00:00.000Z
             */
            timestamp: string;
        };
        OneRuleDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The rule. */
            rule: components["schemas"]["RuleDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        OneSilenceDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The silence. */
            silence: components["schemas"]["SilenceDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        /** @enum {string} */
        Order: "desc" | "asc";
        PaginationDto: {
            /**
             * Format: int64
             * @description Endpoints in all; left out without `includeBreakdown`.
             * @example 25
             */
            total?: number;
            /**
             * Format: int64
             * @description Endpoints on a page.
             * @example 100
             */
            limit: number;
            /**
             * Format: int64
             * @description Endpoints before the page.
             * @example 0
             */
            offset: number;
            /**
             * @description Whether a further page follows.
             * @example false
             */
            hasMore: boolean;
        };
        PeriodDto: {
            /**
             * @description The timeframe that was asked for; `custom` with `from`.
             * @example 24h
             * @enum {string}
             */
            timeframe: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all" | "custom";
            /**
             * @description The width of the buckets.
             * @example hour
             * @enum {string}
             */
            granularity: "minute" | "hour" | "day" | "week" | "month";
            /**
             * @description Time zone of days, weeks and months.
             * @example UTC
             */
            timezone: string;
            /**
             * @description The day that weeks begin with.
             * @example monday
             * @enum {string}
             */
            weekStart: "monday" | "sunday";
            /**
             * Format: date-time
             * @description First instant of the window.
             * @example 2026-11-21T17:05:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the window. Where that is now, the running bucket of the edges is counted whole.
             * @example 2026-11-22T17:05:21.417Z
             */
            to: string;
            /**
             * @description The finest rollup that was read.
             * @example minute
             * @enum {string}
             */
            resolution: "minute" | "hour" | "day";
            /**
             * @description Whether every event that was accepted up to `to` is counted.
             * @example true
             */
            complete: boolean;
            /**
             * @description Where `complete` is false. `events_waiting`: some accepted events are still on their way. `rollups_disagree`: a table has lost some of its rows, so that parts of the answer have different sums; an admin mends it with `meterhouse reconcile`.
             * @example events_waiting
             * @enum {string}
             */
            incompleteReason?: "events_waiting" | "rollups_disagree";
            /**
             * Format: date-time
             * @description Events accepted up to this instant are counted; later ones may still be on their way.
             * @example 2026-11-22T17:05:21.417Z
             */
            watermark: string;
        };
        /**
         * @description What the key may do. A member can grant what its own key holds. By default usage:read and events:write, as far as the calling key holds them.
         * @enum {string}
         */
        Permission: "usage:read" | "sql:read" | "events:write" | "keys:read" | "keys:write" | "alerts:write" | "admin";
        PlanBodyDto: {
            /**
             * @description Its name.
             * @example Starter
             */
            name: string;
            /**
             * @description The currency of all its amounts (ISO 4217).
             * @example USD
             */
            currency: string;
            /**
             * @description The zone in which periods begin.
             * @default UTC
             * @example UTC
             */
            timezone: string;
            /**
             * @description The day of the month on which periods begin; in shorter months the last one.
             * @default 1
             * @example 1
             */
            anchorDay: number;
            /**
             * @description From when on the version holds: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Left out: now. Rounded down to the hour. The first version prices what was before, too.
             * @example 2026-11-01
             */
            effectiveFrom?: string;
            /**
             * @description Due for each period.
             * @default 0
             * @example 49.00
             */
            flatFee: string;
            /** @description At most 100. A request is priced by the first one that matches it. */
            prices?: components["schemas"]["PriceDto"][];
            /**
             * @description Statuses, or classes of them, whose requests cost nothing.
             * @default []
             * @example [
             *       "5xx",
             *       "429"
             *     ]
             */
            freeStatuses: string[];
            /**
             * @description Taken off what the prices come to, not off the flat fee.
             * @default 0
             * @example 15
             */
            discountPercent: number;
            /**
             * @description What a period costs at least.
             * @example 50
             */
            minimum?: string | null;
            /**
             * @description What a period costs at most.
             * @example 5000
             */
            maximum?: string | null;
        };
        PlanDto: {
            /**
             * @description The id of the plan.
             * @example pln_4fJ2mZ0aQ9xT7bKd
             */
            id: string;
            /**
             * Format: int64
             * @description The number of the version, from 1.
             * @example 2
             */
            version: number;
            /**
             * @description Its name.
             * @example Starter
             */
            name: string;
            /**
             * @description The currency of all its amounts (ISO 4217).
             * @example USD
             */
            currency: string;
            /**
             * @description The zone in which periods begin.
             * @example UTC
             */
            timezone: string;
            /**
             * Format: int64
             * @description The day of the month on which periods begin; in shorter months the last one.
             * @example 1
             */
            anchorDay: number;
            /**
             * Format: date-time
             * @description From when on the version holds.
             * @example 2026-11-01T00:00:00.000Z
             */
            effectiveFrom: string;
            /**
             * @description Due for each period.
             * @example 49.00
             */
            flatFee: string;
            /** @description A request is priced by the first one that matches it. */
            prices: components["schemas"]["PriceDto"][];
            /**
             * @description Statuses whose requests cost nothing.
             * @example [
             *       "5xx",
             *       "429"
             *     ]
             */
            freeStatuses: string[];
            /**
             * @description Taken off what the prices come to, not off the flat fee.
             * @example 15
             */
            discountPercent: number | string;
            /**
             * @description What a period costs at least.
             * @example 50
             */
            minimum: string | null;
            /**
             * @description What a period costs at most.
             * @example null
             */
            maximum: string | null;
        };
        PlanWithVersionsResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The plan. */
            plan: components["schemas"]["PlanDto"];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T12:00:00.000Z
             */
            timestamp: string;
            /** @description All versions, the first one first. */
            versions: components["schemas"]["PlanDto"][];
        };
        PlansResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The newest version of each plan. */
            plans: components["schemas"]["PlanDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T12:00:00.000Z
             */
            timestamp: string;
        };
        PointDto: {
            /**
             * @description 50th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 61.25
             */
            p50?: number | null;
            /**
             * @description 95th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 244
             */
            p95?: number | null;
            /**
             * @description 99th percentile of latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 812
             */
            p99?: number | null;
            /**
             * Format: date-time
             * @description Start of the bucket.
             * @example 2026-11-22T16:00:00.000Z
             */
            timestamp: string;
            /**
             * Format: int64
             * @description All requests.
             * @example 812
             */
            requests: number;
            /**
             * Format: int64
             * @description Requests with a status below 400.
             * @example 799
             */
            successfulRequests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above.
             * @example 13
             */
            failedRequests: number;
            /**
             * Format: int64
             * @description Requests answered 429.
             * @example 2
             */
            throttledRequests: number;
            /**
             * @description Mean latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 84.2
             */
            averageLatency?: number | null;
            /**
             * @description Highest latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 1450
             */
            peakLatency?: number | null;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 3276800
             */
            dataTransferred: number;
        };
        PreviewDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * Format: int64
             * @description Windows that were judged, over all groups.
             * @example 2016
             */
            evaluations: number;
            /** @description Every time that it would have fired, at most 10,000, the oldest first. */
            firings: components["schemas"]["FiringDto"][];
            /** @description The values by which it would have been decided, at most 2,000 points of equally many windows. */
            series: components["schemas"]["PreviewPointDto"][];
            /**
             * Format: int64
             * @description How many would be firing now.
             * @example 0
             */
            openNow: number;
            /**
             * Format: date-time
             * @description Where the windows begin: later than asked for where figures of them are not kept that long.
             * @example 2026-02-23T10:15:00.000Z
             */
            from: string;
            /**
             * @description Why the latest window could not be judged; null: it was.
             * @example null
             * @enum {string|null}
             */
            notJudged: "NOT_ENOUGH_HISTORY" | "NO_LIMIT" | "NO_PLAN" | "NOT_READABLE" | null;
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        PreviewPointDto: {
            /**
             * Format: date-time
             * @description End of the first of them.
             * @example 2026-03-02T10:15:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the last of them.
             * @example 2026-03-02T10:25:00.000Z
             */
            to: string;
            /**
             * @description The lowest value; null where none has one, or all have fewer requests than the rule asks for.
             * @example 1.9
             */
            low: number | null;
            /**
             * @description The highest value.
             * @example 12.4
             */
            high: number | null;
            /**
             * @description What the last of them was compared with; null where there was nothing.
             * @example 5
             */
            threshold: number | null;
        };
        PreviewRuleDto: {
            /**
             * @description A rule as `POST /alerts/rules` takes it.
             * @example {
             *       "name": "Errors",
             *       "metric": "errorRate",
             *       "condition": {
             *         "type": "threshold",
             *         "operator": "above",
             *         "value": 5
             *       }
             *     }
             */
            rule: {
                [key: string]: unknown;
            };
            /**
             * @description How far back it is tried.
             * @default 7d
             * @example 30d
             * @enum {string}
             */
            timeframe: "7d" | "30d" | "90d";
        };
        PreviousPeriodDto: {
            /**
             * Format: date-time
             * @description First instant.
             * @example 2026-11-20T17:05:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End, which is the start of the window.
             * @example 2026-11-21T17:05:00.000Z
             */
            to: string;
        };
        PriceDto: {
            /**
             * @description Its id within the plan; `price-1` and so on where it is left out.
             * @example search
             */
            id?: string;
            /**
             * @description What it is called on a bill.
             * @example Searches
             */
            name: string;
            /** @description Which requests it is for. */
            match?: components["schemas"]["MatchDto"];
            /**
             * @description Requests, or megabytes (1,000,000 bytes) of requests and responses together.
             * @default requests
             * @example requests
             * @enum {string}
             */
            unit: "requests" | "megabytes";
            /**
             * @description How many units a request, or a megabyte, is.
             * @default 1
             * @example 5
             */
            weight: number | string;
            /**
             * @description `unit`: each unit costs the same. `graduated`: each costs what its own tier says. `volume`: all cost what the tier that was reached says. `package`: each started package costs the same.
             * @default unit
             * @example graduated
             * @enum {string}
             */
            model: "unit" | "graduated" | "volume" | "package";
            /**
             * @description Units of a period that cost nothing; the tiers begin after them.
             * @default 0
             * @example 100000
             */
            includedUnits: number | string;
            /**
             * @description Units of a package, with the model `package` alone.
             * @example null
             */
            packageSize?: (number | null) | string;
            /** @description At most 100, rising; one with the models `unit` and `package`. */
            tiers: components["schemas"]["TierDto"][];
        };
        ProjectedDto: {
            /**
             * @description The total at the end.
             * @example 201.15
             */
            expected: string;
            /**
             * @description In one of ten cases it is less.
             * @example 188.40
             */
            low: string;
            /**
             * @description In one of ten cases it is more.
             * @example 214.90
             */
            high: string;
        };
        RateLimitDto: {
            /**
             * @description Calls allowed in a clock minute; left out or null: no limit.
             * @example 5000
             */
            requestsPerMinute?: number | null;
            /**
             * @description Calls allowed in a clock hour; left out or null: no limit.
             * @example 100000
             */
            requestsPerHour?: number | null;
            /**
             * @description Calls allowed in a UTC day; left out or null: no limit.
             * @example 2000000
             */
            requestsPerDay?: number | null;
        };
        RateLimitFiguresDto: {
            /**
             * @description For the running minute. Null where there is no limit.
             * @example 60
             */
            requestsPerMinute: number | null;
            /** @description For the running hour. Null where there is no limit. */
            requestsPerHour: number | null;
            /**
             * @description For the running UTC day. Null where there is no limit.
             * @example 10000
             */
            requestsPerDay: number | null;
        };
        RateLimitsDto: {
            /** @description Sum of the limits; null where a key has none. */
            current: components["schemas"]["RateLimitFiguresDto"];
            /** @description Events of the keys plus their own calls to this service, in the running minute, hour and day. */
            usage: components["schemas"]["RateLimitFiguresDto"];
            /** @description Usage in percent of the limit, 100 at most. */
            utilization: components["schemas"]["RateLimitFiguresDto"];
        };
        ReadyDto: {
            /**
             * @description Always true; a probe that fails gets the error shape.
             * @example true
             */
            success: boolean;
            /**
             * @description What was found.
             * @example ready
             * @enum {string}
             */
            status: "live" | "ready";
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
            /**
             * @description What somebody should look at, though the service does its work; left out when there is nothing.
             * @example [
             *       "1 damaged part(s) of the log are set aside."
             *     ]
             */
            warnings?: string[];
        };
        ReconcileDto: {
            /**
             * @description Start of the range: a date (midnight UTC) or an ISO 8601 time, rounded down to a whole UTC day. Default: the first day of which all raw events are kept.
             * @example 2026-02-01
             */
            from?: string;
            /**
             * @description End of the range, not included: a date (midnight UTC) or an ISO 8601 time, rounded up to a whole UTC day. Default: the end of the running day.
             * @example 2026-03-01
             */
            to?: string;
            /**
             * @description Make drifted partitions again from the raw events.
             * @default false
             * @example true
             */
            repair: boolean;
            /**
             * @description With `repair`: also where a rollup has requests that the raw events lack. They may be lost from a disk, and the rollup be right.
             * @default false
             * @example true
             */
            acceptLoss: boolean;
        };
        ReconcileResponseDto: {
            /**
             * @description Always true, also when drift was found.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * Format: date-time
             * @description Start of the range in whole UTC days; a rollup that is kept for less is compared from its own first day on.
             * @example 2026-02-01T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the range, not included.
             * @example 2026-03-01T00:00:00.000Z
             */
            to: string;
            /**
             * Format: date-time
             * @description The first day that can be reconciled: of earlier ones raw events are no longer kept.
             * @example 2025-12-02T00:00:00.000Z
             */
            earliest: string;
            /** @description Each rollup, finest first. */
            rollups: components["schemas"]["RollupDriftDto"][];
            /** @description The partitions that were made again. */
            repaired: components["schemas"]["RepairedPartitionDto"][];
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        RecoverResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * Format: int64
             * @description Files that were read, and are named `.recovered` now.
             * @example 1
             */
            files: number;
            /**
             * Format: int64
             * @description Events that were taken back.
             * @example 399
             */
            recovered: number;
            /**
             * Format: int64
             * @description Lines that are no event any more.
             * @example 1
             */
            unreadable: number;
            /**
             * Format: date-time
             * @description When this was answered.
             * @example 2026-11-22T17:05:21.417Z
             */
            timestamp: string;
        };
        RejectedEventDto: {
            /**
             * Format: int64
             * @description Its position among the sent events, from 0; blank NDJSON lines do not count.
             * @example 3
             */
            index: number;
            /**
             * @description Its own `id`; null when it gave none that could be read.
             * @example 01968f3e-7c1a-7b30-9d42-6a1f0e5c2b88
             */
            id: string | null;
            /**
             * @description The kind of error. Another account's key is not found, exactly as an unknown one.
             * @example INVALID_PARAMETERS
             * @enum {string}
             */
            error: "INVALID_PARAMETERS" | "KEY_NOT_FOUND";
            /**
             * @description What was wrong with it, and what would be right.
             * @example statusCode should be a whole number from 100 to 599, but is "200".
             */
            message: string;
        };
        RepairedPartitionDto: {
            /**
             * @description The rollup, by its table.
             * @example usage_hour
             */
            rollup: components["schemas"]["Rollup"];
            /**
             * @description A month, or of usage_day a year.
             * @example 202602
             */
            partition: string;
        };
        ReplayResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * Format: int64
             * @description Events that were taken back.
             * @example 3
             */
            replayed: number;
            /**
             * Format: date-time
             * @description When this was answered.
             * @example 2026-11-22T17:05:21.417Z
             */
            timestamp: string;
        };
        ResourceDto: {
            /**
             * @description disk: the disks of the engine's data, with whatever else is on them. memory: the engine's memory. log: the write-ahead log of an instance.
             * @example disk
             * @enum {string}
             */
            resource: "disk" | "memory" | "log";
            /**
             * @description The instance whose it is; null for what all instances share.
             * @example null
             */
            instance: string | null;
            /**
             * Format: int64
             * @description Bytes in use now; of another instance, at its last sample.
             * @example 84120334336
             */
            used: number;
            /**
             * Format: int64
             * @description Bytes that may be in use.
             * @example 270553174016
             */
            limit: number;
            /**
             * @description What is in use, in percent of the limit.
             * @example 31.09
             */
            utilization: number;
            /**
             * Format: int64
             * @description Most bytes in use in a sample of the last 30 days.
             * @example 84120334336
             */
            peak: number;
            /**
             * Format: date-time
             * @description When that was.
             * @example 2026-11-28T09:40:00.000Z
             */
            peakAt: string;
            /**
             * Format: int64
             * @description Bytes that the peak of a day grows by each day; null where there are too few days of samples.
             * @example 412316860
             */
            growthPerDay: number | null;
            /** @description When it is full, if it goes on as in the last weeks. Null where even the upper bound is not full within 90 days, or there are too few days of samples. */
            exhausts: components["schemas"]["ResourceExhaustionDto"] | null;
            /**
             * Format: int64
             * @description Complete UTC days in a row that have samples, of the last 56.
             * @example 41
             */
            daysOfHistory: number;
            /**
             * @description Why nothing is said of growth; null where something is.
             * @example Growth is told from 14 complete days of samples in a row on; there are 3.
             */
            notice: string | null;
        };
        ResourceExhaustionDto: {
            /**
             * Format: date-time
             * @description The UTC day on which it is expected to be full. Null: not within 90 days.
             * @example 2027-01-14T00:00:00.000Z
             */
            expected: string | null;
            /**
             * Format: date-time
             * @description The day by the upper bound of the 80 % interval: as early as in one of ten cases.
             * @example 2026-12-20T00:00:00.000Z
             */
            earliest: string | null;
            /**
             * Format: date-time
             * @description The day by the lower bound of the 80 % interval.
             * @example null
             */
            latest: string | null;
        };
        ResourcesResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description What is full first in front, then by use. */
            resources: components["schemas"]["ResourceDto"][];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T09:41:07.000Z
             */
            timestamp: string;
        };
        /**
         * @description The rollup, by its table.
         * @enum {string}
         */
        Rollup: "traffic_minute" | "traffic_hour" | "usage_hour" | "usage_day";
        RollupDeletionDto: {
            /**
             * @description The rollup, by its table.
             * @example usage_day
             */
            rollup: components["schemas"]["Rollup"];
            /**
             * @description Requests it has fewer now; more than the raw events where it is kept for longer.
             * @example 12345
             */
            requestsRemoved: number;
        };
        RollupDriftDto: {
            /**
             * @description The rollup, by its table.
             * @example usage_hour
             */
            rollup: components["schemas"]["Rollup"];
            /**
             * @description Buckets with requests, by the rollup or by the raw events, that were compared.
             * @example 672
             */
            bucketsCompared: number;
            /**
             * @description Buckets in which at least one row differed, as found; also those that were then repaired.
             * @example 1
             */
            bucketsDrifted: number;
            /**
             * @description Drifted buckets that are right now.
             * @example 1
             */
            bucketsRepaired: number;
            /**
             * @description Drifted buckets that `repair` left as they are: of days on which the rollup has requests that the raw events lack. See `acceptLoss`.
             * @example 0
             */
            bucketsWithheld: number;
            /**
             * @description Requests that the rollup lacked.
             * @example 1
             */
            requestsMissing: number;
            /**
             * @description Requests that the rollup had too many.
             * @example 0
             */
            requestsExtra: number;
            /** @description Drifted rows as they were found, at most 20. */
            examples: components["schemas"]["DriftedRowDto"][];
        };
        RotateChannelDto: {
            /**
             * Format: int64
             * @description Seconds for which messages are signed with the old secret too; 0 ends it at once.
             * @default 86400
             * @example 3600
             */
            gracePeriodSeconds: number;
        };
        RotateKeyDto: {
            /**
             * Format: int64
             * @description Seconds for which the old secret still works; 0 ends it at once.
             * @default 0
             * @example 3600
             */
            gracePeriodSeconds: number;
        };
        RotatedChannelDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The channel as it is now. */
            channel: components["schemas"]["ChannelDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
            /**
             * @description The new secret, shown this once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string;
            /**
             * Format: date-time
             * @description Until when messages are signed with the old secret too.
             * @example 2026-03-03T10:15:30.000Z
             */
            previousSecretUntil: string;
        };
        RuleDto: {
            /**
             * @description Names the rule.
             * @example rul_5J2nS0aQ9xT7bKd4
             */
            id: string;
            /**
             * @description The account that is watched; null: all together.
             * @example acme
             */
            accountId: string | null;
            /**
             * @description What people call it.
             * @example Errors of checkout
             */
            name: string;
            /**
             * @description Whether it is evaluated.
             * @example true
             */
            enabled: boolean;
            /**
             * @description How urgent its alerts are.
             * @example high
             */
            severity: components["schemas"]["Severity"];
            /**
             * @description What is watched.
             * @example errorRate
             */
            metric: components["schemas"]["AlertMetric"];
            /**
             * @description Which requests count: lists of at most 50 values by `keyId`, `endpoint`, `method`, `statusCode` (codes, or classes such as "5xx") and `errorType`.
             * @example {
             *       "endpoint": [
             *         "/v1/orders"
             *       ],
             *       "method": [
             *         "POST"
             *       ]
             *     }
             */
            filters: {
                [key: string]: unknown;
            };
            /**
             * @description One alert for each of these; null: one.
             * @example null
             * @enum {string|null}
             */
            groupBy: "key" | "endpoint" | null;
            /**
             * @description How long a window is.
             * @example 15m
             */
            window: components["schemas"]["AlertWindow"];
            /**
             * @description When a window breaches. One of `{type: "threshold", operator: "above"|"below", value, recovery?}` (it resolves at `recovery`, by default at `value`); `{type: "change", against: "previous"|"lastWeek", direction: "up"|"down"|"both", percent}`; `{type: "anomaly", direction, sensitivity: "low"|"medium"|"high"}`, against the same hours of the four weeks before; `{type: "burnRate", objective}` for the metric errorRate, in percent of good requests; `{type: "quota", window: "day"|"month", percent: [50, 80, 100]}` for the metric requests, each crossing once a period.
             * @example {
             *       "type": "threshold",
             *       "operator": "above",
             *       "value": 5,
             *       "recovery": 3
             *     }
             */
            condition: {
                [key: string]: unknown;
            };
            /**
             * @description Fewer requests do not breach.
             * @example 20
             */
            minimumRequests: number;
            /**
             * @description The rule fires when `windows` of the last `of` windows breach; at most 60.
             * @example {
             *       "windows": 2,
             *       "of": 3
             *     }
             */
            breaching: {
                [key: string]: unknown;
            };
            /**
             * @description What a complete window without a request is.
             * @example ok
             * @enum {string}
             */
            noData: "ok" | "alert" | "keep";
            /**
             * @description Minutes between reminders; null: none.
             * @example 240
             */
            renotifyAfterMinutes: number | null;
            /**
             * @description Ids of the channels that are told.
             * @example []
             */
            channels: string[];
            /**
             * @description When windows are judged, by their end: `{timezone, days: [1–7, 1 is Monday], from: "09:00", to: "18:00"}` by the clocks of the zone; null: always.
             * @example {
             *       "timezone": "Europe/Berlin",
             *       "days": [
             *         1,
             *         2,
             *         3,
             *         4,
             *         5
             *       ],
             *       "from": "09:00",
             *       "to": "18:00"
             *     }
             */
            schedule: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-03-02T10:15:30.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-03-02T10:15:30.000Z
             */
            updatedAt: string;
            /**
             * Format: date-time
             * @description End of the last window that was judged; null: none was yet.
             * @example 2026-03-02T11:15:00.000Z
             */
            lastEvaluatedTo: string | null;
            /**
             * @description Why its windows are not judged: too little history for an anomaly or a forecast, keys without a limit, an account without a plan, a cost that could not be read, or all of its keys are revoked, which ended it. null: they are.
             * @example null
             * @enum {string|null}
             */
            notJudged: "NOT_ENOUGH_HISTORY" | "NO_LIMIT" | "NO_PLAN" | "NOT_READABLE" | "KEY_REVOKED" | null;
        };
        RulesDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description In order of creation. */
            rules: components["schemas"]["RuleDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        SendEventsResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /**
             * Format: int64
             * @description Events stored by this call.
             * @example 2
             */
            accepted: number;
            /**
             * Format: int64
             * @description Events whose `id` had been stored before, or came twice in this call; they are not counted again.
             * @example 1
             */
            duplicates: number;
            /** @description Events that were not taken, in the order they were sent. */
            rejected: components["schemas"]["RejectedEventDto"][];
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        /**
         * @description How urgent its alerts are.
         * @enum {string}
         */
        Severity: "low" | "medium" | "high" | "critical";
        SilenceDto: {
            /**
             * @description Names the silence.
             * @example sil_5J2nS0aQ9xT7bKd4
             */
            id: string;
            /**
             * @description The account; null: all of them.
             * @example acme
             */
            accountId: string | null;
            /**
             * @description The rules; empty: all.
             * @example []
             */
            ruleIds: string[];
            /**
             * @description The keys or endpoints; empty: all.
             * @example []
             */
            groups: string[];
            /**
             * Format: date-time
             * @description When it begins.
             * @example 2026-03-02T10:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description When it ends.
             * @example 2026-03-02T12:00:00.000Z
             */
            to: string;
            /**
             * @description Why.
             * @example Migration
             */
            comment: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-03-02T09:00:00.000Z
             */
            createdAt: string;
        };
        SilencesDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The latest to end first. */
            silences: components["schemas"]["SilenceDto"][];
            /** @description Where the page stands. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        SqlAnswerDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The columns, in the order of each row. */
            columns: components["schemas"]["SqlColumnDto"][];
            /**
             * @description The rows. Integers of 64 bits and more, and decimals, are texts; what is no number is null.
             * @example [
             *       [
             *         "2026-03-02 10:00:00",
             *         "1432"
             *       ]
             *     ]
             */
            rows: unknown[][];
            /**
             * @description Whether there were more rows than `maxRows`.
             * @example false
             */
            truncated: boolean;
            /** @description What the statement took. */
            statistics: components["schemas"]["SqlStatisticsDto"];
            /**
             * Format: date-time
             * @description When it was answered.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        SqlColumnDto: {
            /**
             * @description Its name.
             * @example requests
             */
            name: string;
            /**
             * @description ClickHouse's type.
             * @example UInt64
             */
            type: string;
        };
        SqlQueryDto: {
            /**
             * @description One SELECT over the views of `meterhouse_bi`, or SHOW, DESCRIBE, EXISTS or EXPLAIN of one, in ClickHouse SQL. Values from outside belong into `parameters`, as `{name:Type}` in the text.
             * @example SELECT bucket, sum(requests) AS requests FROM usage_hour GROUP BY bucket ORDER BY bucket
             */
            query: string;
            /**
             * @description Values for `{name:Type}` in the statement, at most 64: texts, numbers, truth values, null, or lists of texts or numbers.
             * @example {
             *       "endpoint": "/v1/orders/{id}"
             *     }
             */
            parameters?: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description The most rows of the answer; `truncated` says that there were more.
             * @default 10000
             * @example 100
             */
            maxRows: number;
        };
        SqlStatisticsDto: {
            /**
             * Format: int64
             * @description Rows that the engine read.
             * @example 720
             */
            rowsRead: number;
            /**
             * Format: int64
             * @description Bytes that the engine read.
             * @example 17280
             */
            bytesRead: number;
            /**
             * @description Milliseconds that the statement took in the engine.
             * @example 3.42
             */
            elapsedMs: number;
        };
        StartBackupDto: {
            /**
             * @description A directory for backups on the service's machine: an absolute path apart from DATA_DIR, of a directory that is new, empty or holds backups alone.
             * @example /var/backups/meterhouse
             */
            directory: string;
        };
        StartBackupResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The backup that has begun. */
            backup: components["schemas"]["BackupDto"];
            /**
             * Format: date-time
             * @description When it was answered, ISO 8601 UTC.
             * @example 2026-03-02T10:15:30.000Z
             */
            timestamp: string;
        };
        StatusCodeErrorsDto: {
            /**
             * Format: int64
             * @description HTTP status code, 400 or above.
             * @example 404
             */
            statusCode: number;
            /**
             * Format: int64
             * @description Failed requests.
             * @example 210
             */
            count: number;
            /**
             * @description In percent of all failed requests.
             * @example 63.253012
             */
            percentage: number;
        };
        StatusCodeUsageDto: {
            /**
             * Format: int64
             * @description HTTP status code.
             * @example 200
             */
            statusCode: number;
            /**
             * Format: int64
             * @description All requests.
             * @example 16800
             */
            requests: number;
            /**
             * @description In percent of all requests.
             * @example 92.135571
             */
            percentage: number;
        };
        TestedPeriodDto: {
            /**
             * Format: date-time
             * @description Start of the first UTC day that is tested.
             * @example 2026-10-29T00:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description End, exclusive.
             * @example 2026-11-28T09:41:07.000Z
             */
            to: string;
        };
        /**
         * @description The key's tier, which sets its limits. A member cannot go above the highest of its account's keys, and only an enterprise key or an admin can give `enterprise`.
         * @enum {string}
         */
        Tier: "free" | "starter" | "professional" | "enterprise";
        TierBacktestDto: {
            /** @description What was tried. */
            limit: components["schemas"]["TriedLimitDto"];
            /**
             * Format: int64
             * @description Requests that would have been refused.
             * @example 412
             */
            throttledRequests: number;
            /**
             * Format: int64
             * @description Clock minutes in which some would have been refused.
             * @example 18
             */
            throttledMinutes: number;
            /**
             * Format: int64
             * @description UTC days in which some would have been refused.
             * @example 3
             */
            throttledDays: number;
            /** @description The minute in which most would have been refused; null where none would. */
            worst: components["schemas"]["WorstMinuteDto"] | null;
            /**
             * @description The tier; enterprise has the limits of the key itself, or none.
             * @example starter
             * @enum {string}
             */
            tier: "free" | "starter" | "professional" | "enterprise";
        };
        TierDto: {
            /**
             * @description Units; null in the last tier, which has no end.
             * @example 10000
             */
            upTo?: (number | null) | string;
            /**
             * @description What a unit costs, or a package with the model `package`; at most 12 decimals.
             * @example 0.0015
             */
            unitAmount: string;
            /**
             * @description Added once as soon as a unit falls into the tier.
             * @default 0
             * @example 0
             */
            flatAmount: string;
        };
        TierOfAllKeysDto: {
            /**
             * Format: int64
             * @description Keys that would have been throttled.
             * @example 17
             */
            throttledKeys: number;
            /**
             * Format: int64
             * @description Their requests that would have been refused.
             * @example 9120
             */
            throttledRequests: number;
            /**
             * @description The tier.
             * @example starter
             * @enum {string}
             */
            tier: "free" | "starter" | "professional" | "enterprise";
            /**
             * Format: int64
             * @description Keys that it fits, and no lower one does.
             * @example 240
             */
            fits: number;
        };
        TierSummaryDto: {
            /**
             * Format: int64
             * @description Keys.
             * @example 1204
             */
            keys: number;
            /**
             * Format: int64
             * @description What they sent in the window, throttled requests among it.
             * @example 4120388
             */
            requests: number;
            /** @description All keys in each tier, the lowest first. */
            byTier: components["schemas"]["TierOfAllKeysDto"][];
            /** @description All keys with the limits that are given; null where none is. */
            custom: components["schemas"]["AllKeysDto"] | null;
        };
        TiersResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description What was tested; of the window that was asked for as much as minutes are stored of. */
            period: components["schemas"]["TestedPeriodDto"];
            /** @description All keys together, those of other pages too. */
            summary: components["schemas"]["TierSummaryDto"];
            /** @description One for each key, those first of which their own tier would have refused most. */
            keys: components["schemas"]["KeyBacktestDto"][];
            /**
             * @description What of the window could not be tested, and why; null where all was.
             * @example Minutes are stored since 2026-11-01T00:00:00.000Z; what was sent before could not be tested.
             */
            notice: string | null;
            /** @description Where this page stands in the whole list. */
            pagination: components["schemas"]["ListPaginationDto"];
            /**
             * Format: date-time
             * @description When the answer was made.
             * @example 2026-11-28T09:41:07.000Z
             */
            timestamp: string;
        };
        /**
         * @description What the token may do, as far as the calling key may. Left out: all of these that the key may.
         * @enum {string}
         */
        TokenPermission: "usage:read" | "keys:read";
        TriedLimitDto: {
            /**
             * Format: int64
             * @description Requests in a clock minute; null: no limit.
             * @example 300
             */
            requestsPerMinute: number | null;
            /**
             * Format: int64
             * @description Requests in a clock hour; null: no limit.
             * @example null
             */
            requestsPerHour: number | null;
            /**
             * Format: int64
             * @description Requests in a UTC day; null: no limit.
             * @example 100000
             */
            requestsPerDay: number | null;
        };
        UnpricedDto: {
            /**
             * @description `free_status`: their status costs nothing. `no_price`: no price of the plan matches them. `no_plan`: the account had no plan then.
             * @example free_status
             * @enum {string}
             */
            reason: "free_status" | "no_price" | "no_plan";
            /**
             * Format: int64
             * @description How many there are.
             * @example 4200
             */
            requests: number;
        };
        UpdateAccountDto: {
            /** @description Limits to set. */
            limits: components["schemas"]["LimitChangesDto"];
        };
        UpdateChannelDto: {
            /**
             * @description What people call the channel.
             * @example On call
             */
            name?: string;
            /**
             * @description Where it is sent to, by the channel's type, which stays. A `webhook`, `slack` (an incoming webhook) or `alertmanager` (its address without a path): a URL, with user and password in it where Basic authorization is needed. `pagerduty`: the integration key of Events API v2. `email`: 1 to 10 addresses with commas between them.
             * @example https://example.com/hooks/meterhouse
             */
            target?: string;
            /**
             * @description Whether it is sent to. True takes away the reason for which the service disabled it.
             * @example true
             */
            enabled?: boolean;
        };
        UpdateKeyDto: {
            /**
             * @description What people call the key.
             * @example Checkout service
             */
            name?: string;
            /**
             * @description What the key is for.
             * @example Production, both regions
             */
            description?: string | null;
            /**
             * @description What the key may do, in place of what it may do now. A member can grant what its own key holds.
             * @example [
             *       "usage:read"
             *     ]
             */
            permissions?: components["schemas"]["Permission"][];
            /** @description The key's own limits; only for the tier enterprise. None set: no limit. */
            rateLimit?: components["schemas"]["RateLimitDto"] | null;
            /**
             * Format: date-time
             * @description When the key ends, ISO 8601 with a zone (a date alone is midnight UTC). Left out: never, or with the calling key where that ends; a key cannot make or prolong one to outlive it, except an admin a key without that permission.
             * @example 2027-01-31T00:00:00.000Z
             */
            expiresAt?: string | null;
            /**
             * @description Anything of your own, kept with the key; at most 4 KiB as JSON.
             * @example {
             *       "team": "payments"
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The key's tier, which sets its limits. A member cannot go above the highest of its account's keys, nor lift a key above its own. A tier other than enterprise takes the key's own limits away.
             * @example professional
             */
            tier?: components["schemas"]["Tier"];
        };
        UpdateRuleDto: {
            /**
             * @description What people call the rule, in 1 to 100 characters.
             * @example Errors of checkout
             */
            name?: string;
            /**
             * @description Whether it is evaluated.
             * @default true
             * @example true
             */
            enabled: boolean;
            /**
             * @description How urgent its alerts are.
             * @default medium
             * @example high
             * @enum {string}
             */
            severity: "low" | "medium" | "high" | "critical";
            /**
             * @description What is watched, as `GET /usage` defines it: rates and utilization in percent, latencies in milliseconds, dataTransferred in bytes. utilization is the largest share of what the limits of the keys allow over the window. cost is what the running billing period costs by now and projectedCost what it is expected to cost at its end, in the currency of the plan; runway is the days until the first limit is met. These three are of one account, judged once an hour by a threshold: cost above, runway below.
             * @example errorRate
             * @enum {string}
             */
            metric?: "requests" | "failedRequests" | "errorRate" | "throttledRequests" | "throttledRate" | "averageLatency" | "peakLatency" | "p50" | "p75" | "p90" | "p95" | "p99" | "dataTransferred" | "utilization" | "cost" | "projectedCost" | "runway";
            /**
             * @description Which requests count: lists of at most 50 values by `keyId`, `endpoint`, `method`, `statusCode` (codes, or classes such as "5xx") and `errorType`.
             * @example {
             *       "endpoint": [
             *         "/v1/orders"
             *       ],
             *       "method": [
             *         "POST"
             *       ]
             *     }
             */
            filters?: {
                [key: string]: unknown;
            };
            /**
             * @description One alert for each key or endpoint; null: one for all.
             * @example key
             * @enum {string|null}
             */
            groupBy?: "key" | "endpoint" | null;
            /**
             * @description How long a window is. Windows overlap; one ends every minute (5m), 5 minutes (15m), 15 minutes (1h), hour (6h, 24h) or 6 hours (7d). burnRate and quota, cost and runway have windows of their own.
             * @default 15m
             * @example 15m
             * @enum {string}
             */
            window: "5m" | "15m" | "1h" | "6h" | "24h" | "7d";
            /**
             * @description When a window breaches. One of `{type: "threshold", operator: "above"|"below", value, recovery?}` (it resolves at `recovery`, by default at `value`); `{type: "change", against: "previous"|"lastWeek", direction: "up"|"down"|"both", percent}`; `{type: "anomaly", direction, sensitivity: "low"|"medium"|"high"}`, against the same hours of the four weeks before; `{type: "burnRate", objective}` for the metric errorRate, in percent of good requests; `{type: "quota", window: "day"|"month", percent: [50, 80, 100]}` for the metric requests, each crossing once a period.
             * @example {
             *       "type": "threshold",
             *       "operator": "above",
             *       "value": 5,
             *       "recovery": 3
             *     }
             */
            condition?: {
                [key: string]: unknown;
            };
            /**
             * @description A rate, a latency, a change or an anomaly of fewer requests does not breach.
             * @default 20
             * @example 20
             */
            minimumRequests: number;
            /**
             * @description The rule fires when `windows` of the last `of` windows breach; at most 60.
             * @default {
             *       "windows": 1,
             *       "of": 1
             *     }
             * @example {
             *       "windows": 2,
             *       "of": 3
             *     }
             */
            breaching: {
                [key: string]: unknown;
            };
            /**
             * @description What a complete window without a request is: good, a breach, or nothing new. A count of 0 is a value all the same.
             * @default ok
             * @example ok
             * @enum {string}
             */
            noData: "ok" | "alert" | "keep";
            /**
             * @description After how many minutes who was told of a firing alert is reminded, until somebody acknowledges it; 5 to 10,080; null: never.
             * @example 240
             */
            renotifyAfterMinutes?: number | null;
            /**
             * @description Who is told: ids of at most 20 channels of the account.
             * @default []
             * @example []
             */
            channels: string[];
            /**
             * @description When windows are judged, by their end: `{timezone, days: [1–7, 1 is Monday], from: "09:00", to: "18:00"}` by the clocks of the zone; null: always.
             * @example {
             *       "timezone": "Europe/Berlin",
             *       "days": [
             *         1,
             *         2,
             *         3,
             *         4,
             *         5
             *       ],
             *       "from": "09:00",
             *       "to": "18:00"
             *     }
             */
            schedule?: {
                [key: string]: unknown;
            } | null;
        };
        UsageResponseDto: {
            /**
             * @description Always true.
             * @example true
             * @enum {boolean}
             */
            success: true;
            /** @description The window that was read. */
            period: components["schemas"]["PeriodDto"];
            /** @description Totals over the window. */
            usage: components["schemas"]["UsageTotalsDto"];
            /** @description One point for every bucket of the window, ascending, empty ones too. */
            timeSeries: components["schemas"]["PointDto"][];
            /** @description With `includeLatency`. */
            latency?: components["schemas"]["LatencyDto"];
            /** @description With `includeBreakdown`. */
            breakdown?: components["schemas"]["BreakdownDto"];
            /** @description With `includeErrors`. */
            errors?: components["schemas"]["ErrorsDto"];
            /** @description With `groupBy`. */
            groups?: components["schemas"]["GroupsDto"];
            /** @description With `compare`. Null where the period before reaches back further than its rows are kept. */
            comparison?: components["schemas"]["ComparisonDto"] | null;
            /** @description Rate limits and what is used of them. */
            rateLimits: components["schemas"]["RateLimitsDto"];
            /** @description What deserves attention, most urgent first. */
            alerts: components["schemas"]["AlertDto"][];
            /** @description The page of endpoints. */
            pagination: components["schemas"]["PaginationDto"];
            /**
             * Format: date-time
             * @description When this was answered.
             * @example 2026-11-22T17:05:21.417Z
             */
            timestamp: string;
        };
        UsageTotalsDto: {
            /**
             * Format: int64
             * @description All requests.
             * @example 18234
             */
            totalRequests: number;
            /**
             * Format: int64
             * @description Requests with a status below 400.
             * @example 17902
             */
            successfulRequests: number;
            /**
             * Format: int64
             * @description Requests with a status of 400 or above, throttled ones included.
             * @example 332
             */
            failedRequests: number;
            /**
             * Format: int64
             * @description Requests answered 429.
             * @example 41
             */
            throttledRequests: number;
            /**
             * @description Successful requests, in percent of all. Null without any request.
             * @example 98.179226
             */
            successRate: number | null;
            /**
             * @description Mean latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 87.412
             */
            averageLatency?: number | null;
            /**
             * @description Highest latency in milliseconds. Null where no request had a status other than 101 and 429.
             * @example 2210.5
             */
            peakLatency?: number | null;
            /**
             * @description Mean requests a minute over the window. Null for a window that begins now.
             * @example 12.6625
             */
            requestsPerMinute: number | null;
            /**
             * @description Mean requests an hour over the window. Null for a window that begins now.
             * @example 759.75
             */
            requestsPerHour: number | null;
            /**
             * @description Mean requests a day over the window. Null for a window that begins now.
             * @example 18234
             */
            requestsPerDay: number | null;
            /**
             * Format: int64
             * @description Requests in the fullest clock minute. Null when minute rollups no longer reach back to `from`.
             * @example 61
             */
            peakRequestsPerMinute: number | null;
            /**
             * Format: int64
             * @description Requests in the fullest clock hour. Null when hour rollups no longer reach back to `from`.
             * @example 1304
             */
            peakRequestsPerHour: number | null;
            /**
             * Format: int64
             * @description Request and response bytes; all digits past 2^53 too.
             * @example 73400320
             */
            dataTransferred: number;
            /**
             * @description Mean bytes a request. Null without any request.
             * @example 4025.464517
             */
            averageDataPerRequest: number | null;
        };
        WasteDto: {
            /** @description With a status of 400 or above, but for 429. */
            errors: components["schemas"]["WastedDto"];
            /** @description With the status 429. */
            throttled: components["schemas"]["WastedDto"];
            /** @description Requests within a minute after one of the same key, method and endpoint that failed with 408, 425, 429 or 5xx, whatever became of them; some are among `errors` or `throttled` too. Null without `includeRetries`. */
            retries: components["schemas"]["WastedDto"] | null;
        };
        WastedDto: {
            /**
             * Format: int64
             * @description How many there were, those without a price too.
             * @example 1200
             */
            requests: number;
            /**
             * @description Their share of the lines, by units.
             * @example 1.20
             */
            amount: string;
        };
        WorstMinuteDto: {
            /**
             * Format: date-time
             * @description Start of the minute; the first, where several are equal.
             * @example 2026-11-24T14:07:00.000Z
             */
            at: string;
            /**
             * Format: int64
             * @description Requests that would have been refused in it.
             * @example 41
             */
            requests: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Only accounts whose id holds this text, in upper or lower case. */
                search?: string;
                /** @description By the requests of the last 30 days, by those that failed, or by when the account was last used. Equal ones are in the order of their ids. */
                sort?: components["schemas"]["AccountSort"];
                /** @description Highest or lowest first. Accounts that were never used are the last either way. */
                order?: components["schemas"]["Order"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of accounts. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountsResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAccountDto"];
            };
        };
        responses: {
            /** @description The account with its limits. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAccountResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `ACCOUNT_NOT_FOUND`: There is no such account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getAccountPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan of the account. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPlanResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `PLAN_NOT_FOUND`: There is no such plan, or the account has none.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    setAccountPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignPlanDto"];
            };
        };
        responses: {
            /** @description The plan of the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPlanResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `PLAN_NOT_FOUND`: There is no such plan, or the account has none.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Only what this account did, or what was done to it. For example `acme`. */
                accountId?: string;
                /** @description Only entries of this action. */
                action?: components["schemas"]["AuditAction"];
                /** @description Only entries at or after this: a date (midnight UTC) or an ISO 8601 time. For example `2026-02-01`. */
                from?: string;
                /** @description Only entries before this: a date (midnight UTC) or an ISO 8601 time. For example `2026-03-01`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of entries. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    latestBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup, if there was one. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LatestBackupResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    startBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartBackupDto"];
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartBackupResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getServiceCapacity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resources. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourcesResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many events were taken back. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    deleteEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteEventsDto"];
            };
        };
        responses: {
            /** @description What was deleted; nothing is also fine. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteEventsResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    recoverLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was taken back, and what could not be read. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoverResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    reconcile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReconcileDto"];
            };
        };
        responses: {
            /** @description What was found, and what was done about it. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconcileResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Admins only: the account whose alerts are listed. Left out, an admin lists all of them. For example `acme`. */
                accountId?: string;
                /** @description Only alerts in this state. */
                state?: components["schemas"]["AlertState"];
                /** @description Only alerts of this rule. */
                ruleId?: string;
                /** @description Only alerts that had not ended by then: a date (midnight UTC) or an ISO 8601 time. For example `2026-02-01`. */
                from?: string;
                /** @description Only alerts that had begun before: a date (midnight UTC) or an ISO 8601 time. For example `2026-03-01`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of alerts. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listChannels: {
        parameters: {
            query?: {
                /** @description Only channels of this account; admins only. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of channels. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelsDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChannelDto"];
            };
        };
        responses: {
            /** @description The channel, and the secret of a webhook. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelSecretDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `ACCOUNT_NOT_FOUND`: There is no such account. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getChannel: {
        parameters: {
            query?: {
                /** @description Only channels of this account; admins only. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneChannelDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    deleteChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel as it was. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneChannelDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    updateChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateChannelDto"];
            };
        };
        responses: {
            /** @description The channel as it is now. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneChannelDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only channels of this account; admins only. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
            };
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of attempts. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveriesDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
                /** @description The attempt's id. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new attempt, delivered or not. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneDeliveryDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's.
             *
             *     `NOT_FOUND`: There is no such path.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    rotateChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateChannelDto"];
            };
        };
        responses: {
            /** @description The channel and its new secret. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedChannelDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    testChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attempt, delivered or not. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneDeliveryDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listAlertRules: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Admins only: the account whose rules are listed. Left out, an admin lists all of them. For example `acme`. */
                accountId?: string;
                /** @description Only rules that are enabled, or only those that are not. */
                enabled?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of rules. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRuleDto"];
            };
        };
        responses: {
            /** @description The rule. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneRuleDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `KEY_NOT_FOUND`: The account has no such key.
             *
             *     `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    previewAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRuleDto"];
            };
        };
        responses: {
            /** @description When it would have fired. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `KEY_NOT_FOUND`: The account has no such key.
             *
             *     `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule's id. */
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneRuleDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RULE_NOT_FOUND`: The rule does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    deleteAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule's id. */
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule as it was. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneRuleDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RULE_NOT_FOUND`: The rule does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    updateAlertRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rule's id. */
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateRuleDto"];
            };
        };
        responses: {
            /** @description The rule as it is now. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneRuleDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `RULE_NOT_FOUND`: The rule does not exist, or it is another account's.
             *
             *     `KEY_NOT_FOUND`: The account has no such key.
             *
             *     `CHANNEL_NOT_FOUND`: The channel does not exist, or it is another account's.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listAlertSilences: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Admins only: the account whose silences are listed. Left out, an admin lists all of them. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of silences. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SilencesDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createAlertSilence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSilenceDto"];
            };
        };
        responses: {
            /** @description The silence. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneSilenceDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `RULE_NOT_FOUND`: The rule does not exist, or it is another account's.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    deleteAlertSilence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The silence's id. */
                silenceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The silence as it was. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneSilenceDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `NOT_FOUND`: There is no such path. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert's id. */
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alert. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAlertDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `ALERT_NOT_FOUND`: The alert does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The alert's id. */
                alertId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alert as it is now. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAlertDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `ALERT_NOT_FOUND`: The alert does not exist, or it is another account's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    sendEvents: {
        parameters: {
            query?: {
                /** @description Answer only when the events show in `GET /usage`. Without it the answer comes when they are on disk, and they show within about a second. */
                wait?: boolean;
                /** @description Admins only: the account the events belong to. Each event then names a key of it in `keyId`; a key the service has not seen is listed as an external key of the account. Left out, each event belongs to the account of its key. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One event or many, plain or gzip. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventDto"] | components["schemas"]["EventDto"][] | components["schemas"]["EventsDto"];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description At least one event was good. What was accepted shows in `GET /usage`. */
            202: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendEventsResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Only keys of this account; admins only. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Only keys of this status. */
                status?: components["schemas"]["KeyStatus"];
                /** @description Only keys of this tier. */
                tier?: components["schemas"]["Tier"];
                /** @description Only keys whose name, id or account holds this text, in upper or lower case. */
                search?: string;
                /** @description By when a key was made, by its name, by all of its requests, or by when it was last used. Equal ones are in order of creation. */
                sort?: components["schemas"]["KeySort"];
                /** @description Lowest or highest first. Keys that were never used are the last by lastUsedAt either way. */
                order?: components["schemas"]["KeyOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of keys, and counts over all of them. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeysResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKeyDto"];
            };
        };
        responses: {
            /** @description The key and its secret. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSecretResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: {
                /** @description Only keys of this account; admins only. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path: {
                /** @description The key's id. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneKeyResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key, revoked. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneKeyResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    updateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateKeyDto"];
            };
        };
        responses: {
            /** @description The key as it is now. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneKeyResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateKeyDto"];
            };
        };
        responses: {
            /** @description The key and its new secret. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSecretResponse"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures in the Prometheus text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP meterhouse_http_requests_total HTTP requests answered.
                     *     # TYPE meterhouse_http_requests_total counter
                     *     meterhouse_http_requests_total{route="/usage",method="GET",status="2xx"} 42
                     */
                    "text/plain": string;
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of plans. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlansResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanBodyDto"];
            };
        };
        responses: {
            /** @description The plan, with its defaults filled in. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnePlanResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    previewPlan: {
        parameters: {
            query: {
                /** @description A billing period instead of a window: `current`, `previous`, or the month in which it begins. It is that of the plan that holds now. `current` where there is no window either. */
                period?: string;
                /** @description The account whose usage is priced. For example `acme`. */
                accountId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanBodyDto"];
            };
        };
        responses: {
            /** @description The cost by this plan. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `OVERLOADED`: The service cannot take more now; try again later.
             *
             *     `OVERLOADED`: The service cannot take more now; try again later.
             */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plan's id. */
                planId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanWithVersionsResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PLAN_NOT_FOUND`: There is no such plan, or the account has none. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plan's id. */
                planId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanBodyDto"];
            };
        };
        responses: {
            /** @description The new version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnePlanResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `LIMIT_REACHED`: The account has as many active keys as it may.
             *
             *     `FORBIDDEN`: The key does not have the permission.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PLAN_NOT_FOUND`: There is no such plan, or the account has none. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    querySql: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SqlQueryDto"];
            };
        };
        responses: {
            /** @description The rows. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SqlAnswerDto"];
                };
            };
            /**
             * @description `QUERY_REFUSED`: The SQL may not do this; nothing was run.
             *
             *     `QUERY_FAILED`: The engine did not run the statement to its end; the message is the engine's, with its code and name.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateTokenDto"];
            };
        };
        responses: {
            /** @description The token. */
            201: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTokenDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `ACCOUNT_NOT_FOUND`: There is no such account.
             *
             *     `KEY_NOT_FOUND`: The account has no such key.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description Keys of the account; several are separated by commas, or the parameter is repeated. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description How far the window reaches back from now; 24h where `from` is left out too. Its start is rounded down to a minute (1h, 24h), an hour (7d, 30d, 90d) or a day (1y); `all` starts with the day of the first event. For example `7d`. */
                timeframe?: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all";
                /** @description First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Rounded down to the minute as long as minutes are kept, then to the hour and the UTC day. For example `2026-11-01`. */
                from?: string;
                /** @description End of the window, exclusive; written like `from`, and rounded up. Left out, or in the future: now. For example `2026-11-22T12:00:00Z`. */
                to?: string;
                /** @description Only these endpoints; repeat the parameter for several. Named as those of events are: `/v1/orders/42`, `/v1/orders/:id` and `/v1/orders/{id}` ask for the same. For example `/v1/orders/{id}`. */
                endpoint?: string[];
                /** @description Only these HTTP methods, separated by commas; `{other}` for those past the number of a day. For example `GET,POST`. */
                method?: string[];
                /** @description Only these status codes or classes of them, separated by commas. For example `404,5xx`. */
                statusCode?: string[];
                /** @description Only these error types, separated by commas. For example `rate_limited`. */
                errorType?: string[];
                /** @description Width of the buckets. More than 11,000 buckets are refused with GRANULARITY_TOO_FINE. */
                granularity?: "minute" | "hour" | "day" | "week" | "month";
                /** @description IANA time zone in which hours, days, weeks and months begin. Where it is off the hour, as in Asia/Kolkata, they can be asked for as far back as minutes are kept. For example `Europe/Berlin`. */
                timezone?: string;
                /** @description The day that weeks begin with. */
                weekStart?: "monday" | "sunday";
                /** @description One or two dimensions, separated by commas: the first groups by requests get a series each, all others one together. `account` needs an admin that reads all accounts. For example `endpoint`. */
                groupBy?: ("endpoint" | "method" | "statusCode" | "key" | "account")[];
                /** @description Whether `latency` and every average, peak and percentile of latency are in the answer; alerts on latency come with them. */
                includeLatency?: boolean;
                /** @description How many groups have a series of their own; only with `groupBy`. Left out: 10. For example `3`. */
                groupLimit?: number;
                /** @description Adds the same figures for the period before the window, and the change. The period is as long as the window: for `timeframe=1h` at 12:00:30, whose window begins at 11:00, it is 09:59 to 10:59:30. With `from` at the start of a day of `timezone`, whole days are compared with as many days before them, and whole months with as many months, also where clocks change; of a day or month that has not ended, as much as has passed. For example `previous`. */
                compare?: "previous";
                /** @description Whether `breakdown` and `pagination.total` are in the answer. */
                includeBreakdown?: boolean;
                /** @description Whether `errors` is in the answer. */
                includeErrors?: boolean;
                /** @description What orders `breakdown.byEndpoint`: requests, failed requests, mean latency, or the time of the last request. Ties break by endpoint name. */
                sort?: "requests" | "errors" | "latency" | "timestamp";
                /** @description Direction of `sort`. */
                order?: "desc" | "asc";
                /** @description Endpoints on one page of `breakdown.byEndpoint`. */
                limit?: number;
                /** @description Endpoints to skip before the page. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The usage of the window, zeros where there was none. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageResponseDto"];
                };
            };
            /**
             * @description `INVALID_TIMEFRAME`: The timeframe is not one of the list.
             *
             *     `INVALID_GRANULARITY`: The granularity is not one of the list.
             *
             *     `GRANULARITY_TOO_FINE`: The time series would have more than 11,000 points, or needs rows that are no longer kept.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `OVERLOADED`: The service cannot take more now; try again later.
             *
             *     `OVERLOADED`: The service cannot take more now; try again later.
             */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getAdvice: {
        parameters: {
            query?: {
                /** @description Keys of the account; several are separated by commas, or the parameter is repeated. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description How far the window reaches back from now; 24h where `from` is left out too. Its start is rounded down to a minute (1h, 24h), an hour (7d, 30d, 90d) or a day (1y); `all` starts with the day of the first event. For example `7d`. */
                timeframe?: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all";
                /** @description First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Rounded down to the minute as long as minutes are kept, then to the hour and the UTC day. For example `2026-11-01`. */
                from?: string;
                /** @description End of the window, exclusive; written like `from`, and rounded up. Left out, or in the future: now. For example `2026-11-22T12:00:00Z`. */
                to?: string;
                /** @description Only these endpoints; repeat the parameter for several. Named as those of events are: `/v1/orders/42`, `/v1/orders/:id` and `/v1/orders/{id}` ask for the same. For example `/v1/orders/{id}`. */
                endpoint?: string[];
                /** @description Only these HTTP methods, separated by commas; `{other}` for those past the number of a day. For example `GET,POST`. */
                method?: string[];
                /** @description Only these status codes or classes of them, separated by commas. For example `404,5xx`. */
                statusCode?: string[];
                /** @description Only these error types, separated by commas. For example `rate_limited`. */
                errorType?: string[];
                /** @description Width of the buckets. More than 11,000 buckets are refused with GRANULARITY_TOO_FINE. */
                granularity?: "minute" | "hour" | "day" | "week" | "month";
                /** @description IANA time zone in which hours, days, weeks and months begin. Where it is off the hour, as in Asia/Kolkata, they can be asked for as far back as minutes are kept. For example `Europe/Berlin`. */
                timezone?: string;
                /** @description The day that weeks begin with. */
                weekStart?: "monday" | "sunday";
                /** @description One or two dimensions, separated by commas: the first groups by requests get a series each, all others one together. `account` needs an admin that reads all accounts. For example `endpoint`. */
                groupBy?: ("endpoint" | "method" | "statusCode" | "key" | "account")[];
                /** @description Whether `latency` and every average, peak and percentile of latency are in the answer; alerts on latency come with them. */
                includeLatency?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The advice; an empty list where there is none. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdviceResponseDto"];
                };
            };
            /**
             * @description `INVALID_TIMEFRAME`: The timeframe is not one of the list.
             *
             *     `INVALID_GRANULARITY`: The granularity is not one of the list.
             *
             *     `GRANULARITY_TOO_FINE`: The time series would have more than 11,000 points, or needs rows that are no longer kept.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `OVERLOADED`: The service cannot take more now; try again later.
             *
             *     `OVERLOADED`: The service cannot take more now; try again later.
             */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    dismissAdvice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The advice's id. */
                adviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DismissAdviceDto"];
            };
        };
        responses: {
            /** @description The advice as it is now. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneAdviceDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `NOT_FOUND`: There is no such path. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: More events or bytes than one call may carry. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getCapacity: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description Only these keys of the account; several are separated by commas, or the parameter is repeated. Left out: all that are active. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads the keys of all accounts. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapacityResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getCost: {
        parameters: {
            query?: {
                /** @description Keys of the account; several are separated by commas, or the parameter is repeated. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description How far the window reaches back from now; 24h where `from` is left out too. Its start is rounded down to a minute (1h, 24h), an hour (7d, 30d, 90d) or a day (1y); `all` starts with the day of the first event. For example `7d`. */
                timeframe?: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all";
                /** @description First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Rounded down to the minute as long as minutes are kept, then to the hour and the UTC day. For example `2026-11-01`. */
                from?: string;
                /** @description End of the window, exclusive; written like `from`, and rounded up. Left out, or in the future: now. For example `2026-11-22T12:00:00Z`. */
                to?: string;
                /** @description Only these endpoints; repeat the parameter for several. Named as those of events are: `/v1/orders/42`, `/v1/orders/:id` and `/v1/orders/{id}` ask for the same. For example `/v1/orders/{id}`. */
                endpoint?: string[];
                /** @description Only these HTTP methods, separated by commas; `{other}` for those past the number of a day. For example `GET,POST`. */
                method?: string[];
                /** @description Only these status codes or classes of them, separated by commas. For example `404,5xx`. */
                statusCode?: string[];
                /** @description Only these error types, separated by commas. For example `rate_limited`. */
                errorType?: string[];
                /** @description A billing period instead of a window: `current`, `previous`, or the month in which it begins. It is that of the plan that holds now. `current` where there is no window either. */
                period?: string;
                /** @description Admins only: what this plan would have cost, in place of that of the account. */
                planId?: string;
                /** @description Width of the buckets of `timeSeries`. More than 11,000 buckets are refused with GRANULARITY_TOO_FINE. */
                granularity?: "minute" | "hour" | "day" | "week" | "month";
                /** @description IANA time zone in which buckets begin. Left out: that of the plan, by which periods begin in any case. For example `UTC`. */
                timezone?: string;
                /** @description The day that weeks begin with. */
                weekStart?: "monday" | "sunday";
                /** @description Whether `waste.retries` is counted. It takes raw events, so that the window must begin within their retention, and longer than the rest. */
                includeRetries?: boolean;
                /** @description JSON, or the same figures as rows of a table. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cost; requests without a price are among `unpriced`. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostResponseDto"];
                    "text/csv": string;
                };
            };
            /**
             * @description `INVALID_TIMEFRAME`: The timeframe is not one of the list.
             *
             *     `INVALID_GRANULARITY`: The granularity is not one of the list.
             *
             *     `GRANULARITY_TOO_FINE`: The time series would have more than 11,000 points, or needs rows that are no longer kept.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `PLAN_NOT_FOUND`: There is no such plan, or the account has none.
             *
             *     `KEY_NOT_FOUND`: The account has no such key.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `OVERLOADED`: The service cannot take more now; try again later.
             *
             *     `OVERLOADED`: The service cannot take more now; try again later.
             */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    exportUsage: {
        parameters: {
            query?: {
                /** @description Keys of the account; several are separated by commas, or the parameter is repeated. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads all accounts together. For example `acme`. */
                accountId?: string;
                /** @description How far the window reaches back from now; 24h where `from` is left out too. Its start is rounded down to a minute (1h, 24h), an hour (7d, 30d, 90d) or a day (1y); `all` starts with the day of the first event. For example `7d`. */
                timeframe?: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all";
                /** @description First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a date, whose start in `timezone` is meant. Rounded down to the minute as long as minutes are kept, then to the hour and the UTC day. For example `2026-11-01`. */
                from?: string;
                /** @description End of the window, exclusive; written like `from`, and rounded up. Left out, or in the future: now. For example `2026-11-22T12:00:00Z`. */
                to?: string;
                /** @description Only these endpoints; repeat the parameter for several. Named as those of events are: `/v1/orders/42`, `/v1/orders/:id` and `/v1/orders/{id}` ask for the same. For example `/v1/orders/{id}`. */
                endpoint?: string[];
                /** @description Only these HTTP methods, separated by commas; `{other}` for those past the number of a day. For example `GET,POST`. */
                method?: string[];
                /** @description Only these status codes or classes of them, separated by commas. For example `404,5xx`. */
                statusCode?: string[];
                /** @description Only these error types, separated by commas. For example `rate_limited`. */
                errorType?: string[];
                /** @description Width of the buckets. More than 1,000,000 buckets are refused with GRANULARITY_TOO_FINE. */
                granularity?: "minute" | "hour" | "day" | "week" | "month";
                /** @description IANA time zone in which hours, days, weeks and months begin. Where it is off the hour, as in Asia/Kolkata, they can be asked for as far back as minutes are kept. For example `Europe/Berlin`. */
                timezone?: string;
                /** @description The day that weeks begin with. */
                weekStart?: "monday" | "sunday";
                /** @description With `table=timeSeries`: one or two dimensions, separated by commas. There is then a row for each bucket and group that has requests, whatever the number of groups, with a column for each dimension. `account` needs an admin that reads all accounts. For example `endpoint`. */
                groupBy?: ("endpoint" | "method" | "statusCode" | "key" | "account")[];
                /** @description Whether `latency` and every average, peak and percentile of latency are in the answer; alerts on latency come with them. */
                includeLatency?: boolean;
                /** @description What the answer is written in. Left out, the `Accept` header chooses; where that names none of the four, CSV. Parquet is compressed with zstd inside. */
                format?: "csv" | "ndjson" | "parquet" | "arrow";
                /** @description Which part of `GET /usage`: its time series, a whole breakdown, or the errors by type. Columns have the names that the fields have there. */
                table?: "timeSeries" | "endpoints" | "methods" | "statusCodes" | "errorTypes" | "keys";
            };
            header?: {
                /** @description The format, where `format` is left out. */
                Accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows, in the order of time or of `GET /usage`. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /**
                     * @description Names a file after the table and the window.
                     * @example attachment; filename="meterhouse-usage-timeSeries-20261121T120000Z-20261122T120000Z.csv"
                     */
                    "Content-Disposition"?: string;
                    /** @description `gzip` or `zstd`, where asked for. */
                    "Content-Encoding"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example "timestamp","requests","successfulRequests","failedRequests","throttledRequests","averageLatency","peakLatency","p50","p95","p99","dataTransferred"
                     *     "2026-11-22T12:00:00.000Z",1204,1181,23,4,48.203125,1204.5,31.2,141.8,402.7,48203112
                     */
                    "text/csv": string;
                    /** @example {"timestamp":"2026-11-22T12:00:00.000Z","requests":1204,"successfulRequests":1181,"failedRequests":23,"throttledRequests":4,"averageLatency":48.203125,"peakLatency":1204.5,"p50":31.2,"p95":141.8,"p99":402.7,"dataTransferred":48203112} */
                    "application/x-ndjson": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /**
             * @description `INVALID_TIMEFRAME`: The timeframe is not one of the list.
             *
             *     `INVALID_GRANULARITY`: The granularity is not one of the list.
             *
             *     `GRANULARITY_TOO_FINE`: The time series would have more than 11,000 points, or needs rows that are no longer kept.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `OVERLOADED`: The service cannot take more now; try again later.
             *
             *     `OVERLOADED`: The service cannot take more now; try again later.
             */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    getForecast: {
        parameters: {
            query?: {
                /** @description What is forecast: all requests, those that were throttled among them, so that a limit does not hide growth; or bytes of requests and responses. */
                metric?: components["schemas"]["ForecastMetric"];
                /** @description How far ahead, from the end of the last complete hour. */
                horizon?: components["schemas"]["ForecastHorizon"];
                /** @description Width of the buckets. Their intervals are of the bucket as a whole, and not sums of those of hours. */
                granularity?: components["schemas"]["ForecastGranularity"];
                /** @description IANA time zone of the buckets and of the week whose shape is forecast: over a change of its clocks, an hour stays the hour that its people have. For example `Europe/Berlin`. */
                timezone?: string;
                /** @description Keys of the account whose requests are forecast together; several are separated by commas, or the parameter is repeated. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to forecast. Left out, an admin gets that of all accounts together. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The forecast, or why there is none. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastResponseDto"];
                };
            };
            /**
             * @description `INVALID_GRANULARITY`: The granularity is not one of the list.
             *
             *     `INVALID_PARAMETERS`: A parameter, a header or the body is not valid.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    watchUsage: {
        parameters: {
            query?: {
                /** @description A key of the account. Left out: all keys of the account. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string;
                /** @description Admins only: the account to watch. Left out, an admin watches all accounts together. For example `acme`. */
                accountId?: string;
            };
            header?: {
                /** @description The last `id` that was seen. Ignored when it is not one, or more than ten minutes old. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events called `minute`; the schema is that of the `data` of each. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveMinuteDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
    backtestTiers: {
        parameters: {
            query?: {
                /** @description Most items in the answer. */
                limit?: number;
                /** @description Items to leave out before the first. */
                offset?: number;
                /** @description How far the window reaches back from now; 30d where `from` is left out too. For example `30d`. */
                timeframe?: "1h" | "24h" | "7d" | "30d" | "90d" | "1y" | "all";
                /** @description First instant of the window, instead of `timeframe`: ISO 8601 with an offset, or a UTC date. A window begins with a UTC day, the longest of the windows of limits. For example `2026-10-01`. */
                from?: string;
                /** @description End of the window, exclusive, rounded up to the hour. Left out, or in the future: now. For example `2026-11-01`. */
                to?: string;
                /** @description A limit to try beside those of the tiers: requests in a clock minute. */
                requestsPerMinute?: number;
                /** @description A limit to try: requests in a clock hour. */
                requestsPerHour?: number;
                /** @description A limit to try: requests in a UTC day. */
                requestsPerDay?: number;
                /** @description Only these keys of the account; several are separated by commas, or the parameter is repeated. Left out: all that are active. For example `key_4fTz0aQ8c1dR7w2L`. */
                keyId?: string[];
                /** @description Admins only: the account to read. Left out, an admin reads the keys of all accounts. For example `acme`. */
                accountId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys with the tier that fits each. */
            200: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TiersResponseDto"];
                };
            };
            /** @description `INVALID_PARAMETERS`: A parameter, a header or the body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /**
             * @description `UNAUTHORIZED`: No key was sent, or no such key exists.
             *
             *     `API_KEY_EXPIRED`: The key has expired.
             *
             *     `API_KEY_REVOKED`: The key was revoked.
             */
            401: {
                headers: {
                    /** @description The scheme to sign in with. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `FORBIDDEN`: The key does not have the permission. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `KEY_NOT_FOUND`: The account has no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `RATE_LIMIT_EXCEEDED`: The key's limit is used up; `Retry-After` says when to try again. */
            429: {
                headers: {
                    /** @description Names the call in the logs. */
                    "X-Request-Id"?: string;
                    /** @description Calls allowed in the window that is nearest to its end. */
                    "X-RateLimit-Limit"?: number;
                    /** @description Calls left in it. */
                    "X-RateLimit-Remaining"?: number;
                    /** @description When it begins anew, in Unix seconds. */
                    "X-RateLimit-Reset"?: number;
                    /** @description What is left of each window, as the IETF draft has it. */
                    RateLimit?: string;
                    /** @description The limits of the key, as the IETF draft has them. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until a retry can succeed. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `INTERNAL`: A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
            /** @description `OVERLOADED`: The service cannot take more now; try again later. */
            503: {
                headers: {
                    /** @description Seconds until a retry makes sense. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorDto"];
                };
            };
        };
    };
}
