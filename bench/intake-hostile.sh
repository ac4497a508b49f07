#!/usr/bin/env bash
# Sends all that is hostile to waxseal serve, by HTTP and SMTP, with so many connections held open, while an honest client sends
# reports: bench/intake-hostile.sh [CONNECTIONS], 5,000 unless said otherwise. Fails above 256 MB, or when the honest client is refused.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

work=$PWD/artifacts/bench/intake-hostile
connections=${1-5000}

build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
rm -rf "$work" && mkdir -p "$work"
ulimit -n 20000
dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll hostile-intake "$work" "$connections" "$PWD/artifacts/native/waxseal"
