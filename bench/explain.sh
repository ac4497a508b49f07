#!/usr/bin/env bash
# Measures explain: bench/explain.sh [--long]
# Wall time and peak memory over 1,000 and 10,000 reports (100,000 with --long), and the time to the first output for one.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

sizes='1000 10000'
[[ ${1-} == --long ]] && sizes+=' 100000'
work=artifacts/bench
waxseal=artifacts/native/waxseal

need time
build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
mkdir -p "$work"

# The floor reads and unpacks the same files with the system's own tools.
floor='find "$1" -name "*.json" -exec cat {} + && find "$1" -name "*.gz" -exec gzip -dc {} +'

# COMMAND...: seconds, seconds of processor and MB of the best of three runs
measure() {
    local run
    for run in 1 2 3; do
        /usr/bin/time -q -f '%e %U %S %M' -o "$work/run" "$@" > /dev/null || true
        awk '{ print $1, $2 + $3, int($4 / 1024) }' "$work/run"
    done | sort -g -k 2 | head -n 1
}

first_output() { # COMMAND...: ends with the first byte
    "$@" | head -c 1
}

printf '%8s %10s %10s %10s %7s %12s %8s\n' reports 'wall s' 'cpu s' 'floor cpu' ratio 'reports/cpu s' 'peak MB'
for size in $sizes; do
    folder=$work/reports-$size
    [[ -d $folder ]] || dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll reports "$folder" "$size"
    read -r wall cpu memory < <(measure "$waxseal" explain --json "$folder")
    read -r _ least _ < <(measure bash -c "$floor" floor "$folder")
    awk -v n="$size" -v w="$wall" -v c="$cpu" -v f="$least" -v m="$memory" \
        'BEGIN { printf "%8d %10.2f %10.2f %10.2f %7.1f %12.0f %8d\n", n, w, c, f, c / f, n / c, m }'
done

# Ten times one report up to the first byte, beside ten times the least a program can do.
milliseconds() {
    local start=$EPOCHREALTIME run
    for run in {1..10}; do first_output "$@" > /dev/null || true; done
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f", (b - a) * 100 }'
}
echo "first output of one report: $(milliseconds "$waxseal" explain samples/question/microsoft.json) ms; of /bin/echo: $(milliseconds /bin/echo) ms"
