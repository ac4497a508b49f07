#!/usr/bin/env bash
# Three waxseal serve on one PostgreSQL take reports, one is killed on the way; sums have to be exact and each alert told once:
# bench/shared.sh [REPORTS]: 100,000 unless said otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/with-postgres.sh

dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll shared "$work" "${1-100000}" "$PWD/artifacts/native/waxseal"
