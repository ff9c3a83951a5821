# The service and its command line with ClickHouse inside: the package chdb, which is built for glibc, so the images are
# Debian's. Neither the build nor the service needs the install script of a package.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY apps apps
COPY libs libs
RUN npm run --silent build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# npm cannot leave out optional peers (typescript, apache-arrow) without chdb's engine, which is an optional package too.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/typescript node_modules/apache-arrow \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) -delete \
  && find node_modules -type d \( -name test -o -name tests \) -prune -exec rm -rf {} +
RUN install -D "$(command -v node)" /out/node

# Node alone: the service needs no npm.
FROM debian:bookworm-slim
COPY --from=packages /out/node /usr/local/bin/node
# TZ and the thread pool are read when Node starts: the engine takes its dates' zone from the first, and its queries hold
# threads of the second, more of them than ENGINE_CONNECTIONS.
ENV NODE_ENV=production TZ=UTC UV_THREADPOOL_SIZE=16 HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY clickhouse clickhouse
# `docker exec CONTAINER meterhouse keys list` talks to the service in its container.
RUN printf '%s\n' '#!/bin/sh' 'export METERHOUSE_URL="${METERHOUSE_URL:-http://127.0.0.1:${PORT:-3000}}"' \
    'exec node --disable-warning=ExperimentalWarning /app/dist/apps/cli/src/main.js "$@"' >/usr/local/bin/meterhouse \
  && chmod 755 /usr/local/bin/meterhouse \
  && useradd --uid 1000 --user-group --no-create-home meterhouse \
  && install -d -o meterhouse -g meterhouse -m 700 /data
USER meterhouse
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and gets SIGTERM itself: it refuses new calls, empties its log and ends.
CMD ["node", "--disable-warning=ExperimentalWarning", "dist/apps/api/src/main.js"]
