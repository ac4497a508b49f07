#!/usr/bin/env bash
# Measures how soon the first byte of each page and list comes, with SQLite and with PostgreSQL: bench/pages.sh [--long]
# 1,000,000 rows of sessions (10,000,000 with --long, which takes a quarter of an hour and 8 GB of disk).
set -euo pipefail
cd "$(dirname "$0")/.."

rows=1000000
[[ ${1-} == --long ]] && rows=10000000

source bench/with-postgres.sh
dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll pages "$work" "$rows" "$PWD/artifacts/native/waxseal"
