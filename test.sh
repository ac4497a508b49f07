#!/usr/bin/env bash
# Builds everything, then runs every test and check. The last line is "N passed, N failed, N skipped".
# ./test.sh          the ordinary run, a few minutes
# ./test.sh --long   also the heavy runs: building twice, fuzzing each parser for ten minutes, hostile peers
set -uo pipefail
cd "$(dirname "$0")" || exit 1

long=false
case "${1-}" in
    '') ;;
    --long) long=true ;;
    *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

results=artifacts/test-results
runs=()

run() { # NAME COMMAND...: runs a step and keeps its exit code for the tally.
    local name=$1
    shift
    echo "== $name"
    "$@" < /dev/null
    runs+=("$name=$?")
}

stop() { # MESSAGE: nothing more can be run.
    echo "$1"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

source build/need.sh

command -v dotnet > /dev/null || stop "The .NET 10 SDK is missing: there is no command 'dotnet'."
rm -rf "$results" && mkdir -p "$results"

# Without these the tests against real servers skip, and say so.
need iproute2 nftables knot knot-dnsutils knot-dnssecutils unbound nginx postfix dovecot-imapd postgresql-15 swaks prometheus chromium python3-django-oauth-toolkit || echo "The tests against real servers will be skipped."

echo "== build"
dotnet build Waxseal.slnx -c Release -v q --nologo < /dev/null || stop "The build failed."

for project in tests/*.Tests; do
    name=${project##*/}
    run "$name" "artifacts/bin/$name/release/$name" -noColor -noLogo -reporter quiet -result-ctrf "$results/$name.json"
done
run "build/check.cs" dotnet run build/check.cs
run "dotnet format" dotnet format --verify-no-changes --no-restore
if $long; then
    run "build/reproduce.sh" build/reproduce.sh
    run "bench/fuzz.sh" bench/fuzz.sh all 600
    run "bench/hostile.sh" bench/hostile.sh
    run "bench/kill.sh" bench/kill.sh
    run "bench/shared.sh" bench/shared.sh
    run "bench/intake.sh" bench/intake.sh --long
    run "bench/intake-hostile.sh" bench/intake-hostile.sh
fi

echo "== result"
summary=$(dotnet run build/tally.cs -- "$results" "${runs[@]}" < /dev/null)
code=$?
echo "$summary"
[[ ${summary##*$'\n'} =~ ^[0-9]+\ passed,\ [0-9]+\ failed,\ [0-9]+\ skipped$ ]] || stop "The results could not be added up."
exit $code
