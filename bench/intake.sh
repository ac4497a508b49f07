#!/usr/bin/env bash
# Measures how waxseal serve takes reports in by HTTP, with SQLite and with PostgreSQL, and a query of sums: bench/intake.sh [--long]
# 20,000 reports and 200,000 rows of sessions (1,000,000 and 10,000,000 with --long, which takes half an hour and 10 GB of disk).
set -euo pipefail
cd "$(dirname "$0")/.."

reports=20000 rows=200000
[[ ${1-} == --long ]] && reports=1000000 rows=10000000

source bench/with-postgres.sh
dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll intake "$work" "$reports" "$rows" "$PWD/artifacts/native/waxseal"
