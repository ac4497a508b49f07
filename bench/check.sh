#!/usr/bin/env bash
# Measures check: bench/check.sh [--long]
# Checks of 1,000 healthy policy domains of the laboratory without their MX hosts (4,000 too with --long).
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

sizes='1000'
[[ ${1-} == --long ]] && sizes+=' 4000'
work=$PWD/artifacts/bench/check
waxseal=artifacts/native/waxseal

need time curl
build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
mkdir -p "$work"

ticks() { awk '{ print $14 + $15 }' "/proc/$laboratory/stat"; } # processor time of the laboratory so far

# COMMAND...: wall s, cpu s, peak MB and the cpu s of the laboratory meanwhile
measure() {
    local before after
    before=$(ticks)
    /usr/bin/time -q -f '%e %U %S %M' -o "$work/run" "$@" > "$work/out" 2> "$work/err" || { cat "$work/err" >&2; exit 1; }
    after=$(ticks)
    awk -v l=$((after - before)) -v hz="$(getconf CLK_TCK)" '{ print $1, $2 + $3, int($4 / 1024), l / hz }' "$work/run"
}

printf '%8s %-10s %9s %12s %12s %14s %9s %8s\n' domains addresses checks/s 'checks/cpu s' 'cpu ms/check' 'lab ms/check' 'x floor' 'peak MB'
for size in $sizes; do
    folder=$work/$size
    rm -rf "$folder"
    mkdir -p "$folder"
    mkfifo "$folder/input"
    # What comes in is worked on where it is noticed, which costs a server of many small messages the least.
    DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 dotnet artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll laboratory "$folder" "$size" < "$folder/input" > "$folder/log" 2>&1 &
    laboratory=$!
    exec 3> "$folder/input"
    until [[ -e $folder/ready ]]; do
        kill -0 "$laboratory" || { cat "$folder/log" >&2; exit 1; }
        sleep 0.2
    done
    mapfile -t options < "$folder/options"
    # The laboratory compiles its code while it runs; that is not to be measured.
    head -n 1000 "$folder/domains" > "$folder/first"
    "$waxseal" check --no-mx "${options[@]}" --domains "$folder/first" > /dev/null 2>&1 || true
    read -r _ floor _ _ < <(measure curl -s --cacert "$folder/roots.pem" --parallel --parallel-max 16 -K "$folder/policies")
    for addresses in both ipv4; do
        only=()
        [[ $addresses == both ]] || only=(--ipv4)
        read -r wall cpu memory lab < <(measure "$waxseal" check --no-mx "${only[@]}" "${options[@]}" --domains "$folder/domains")
        awk -v n="$size" -v a="$addresses" -v w="$wall" -v c="$cpu" -v m="$memory" -v l="$lab" -v f="$floor" 'BEGIN {
            printf "%8d %-10s %9.0f %12.0f %12.1f %14.1f %9.1f %8d\n", n, a, n / w, n / c, c * 1000 / n, l * 1000 / n, c / f, m }'
    done
    exec 3>&-
    wait "$laboratory"
done
