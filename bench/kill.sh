#!/usr/bin/env bash
# Kills waxseal serve at random moments while eight clients post reports, and looks for each that was answered as stored:
# bench/kill.sh [COUNT [DATABASE]]: 200 kills and a file of SQLite unless said otherwise; DATABASE as in store.database.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

work=$PWD/artifacts/bench/kill
count=${1-200}
database=${2-sqlite:$work/waxseal.db}

build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
rm -rf "$work" && mkdir -p "$work"
dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll kills "$work" "$database" "$count" "$PWD/artifacts/native/waxseal"
