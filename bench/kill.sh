#!/usr/bin/env bash
# Kills waxseal serve at random moments while clients post reports and deliver mails, and looks for each that was answered as stored;
# then the same with PostgreSQL, with the server of PostgreSQL killed, and with a full disk: bench/kill.sh [COUNT], 200 unless said otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
source bench/with-postgres.sh

dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll kills "$work" "${1-200}" "$PWD/artifacts/native/waxseal"
