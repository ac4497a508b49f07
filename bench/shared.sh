#!/usr/bin/env bash
# Three waxseal serve on one PostgreSQL take reports, one is killed on the way; sums have to be exact and each alert told once:
# bench/shared.sh [REPORTS]: 100,000 unless said otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

need postgresql-15
build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
work=$(mktemp -d)
chmod 711 "$work" # PostgreSQL does not run as root, and its user has to come here.
trap 'rm -rf "$work"' EXIT
dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll shared "$work" "${1-100000}" "$PWD/artifacts/native/waxseal"
