#!/usr/bin/env bash
# Lets each hostile peer of the laboratory at check: bench/hostile.sh
# Fails when a check takes more than the time allowed and a second, or 50 MB more than that of a healthy policy domain.
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

allowed=6
waxseal=artifacts/native/waxseal
work=$PWD/artifacts/bench/hostile

need time
build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
bench=artifacts/bin/Waxseal.Bench/release/Waxseal.Bench.dll

check() { # WAY: prints the seconds and the peak MB of a check
    rm -rf "$work" && mkdir -p "$work" && mkfifo "$work/input"
    dotnet "$bench" broken "$work" "$1" < "$work/input" > "$work/log" 2>&1 &
    local laboratory=$!
    exec 3> "$work/input"
    until [[ -e $work/ready ]]; do
        kill -0 "$laboratory" || { cat "$work/log" >&2; exit 1; }
        sleep 0.1
    done
    mapfile -t options < "$work/options"
    /usr/bin/time -q -f '%e %M' -o "$work/run" "$waxseal" check "${options[@]}" --timeout "$allowed" --domains "$work/domains" > "$work/out" 2> "$work/err" || true
    grep -qi 'unhandled' "$work/err" && cat "$work/err" >&2
    exec 3>&-
    wait "$laboratory"
    awk '{ print $1, int($2 / 1024) }' "$work/run"
}

read -r _ idle < <(check none)
failed=0
printf '%-36s %8s %8s %s\n' peer 'wall s' 'MB more' verdict
while read -r way; do
    read -r wall memory < <(check "$way")
    verdict=$(awk -v w="$wall" -v m=$((memory - idle)) -v a="$allowed" 'BEGIN { print w <= a + 1 && m <= 50 ? "kept" : "broken" }')
    [[ $verdict == kept ]] || failed=1
    printf '%-36s %8s %8d %s\n' "$way" "$wall" $((memory - idle)) "$verdict"
done < <(dotnet "$bench" hostile-peers)
exit $failed
