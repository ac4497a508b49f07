#!/usr/bin/env bash
# Fuzzes parsers, guided by coverage: bench/fuzz.sh TARGET[,TARGET...]|all SECONDS
# Prints executions, paths, crashes and hangs of each target; fails when there is a crash, a hang or a run cut short.
# The parser runs inside the process that AFL drives, so an input of more than 10 s ends the whole run ("cut short"):
# it is then found/default/.cur_input. What was found stays in artifacts/fuzz/TARGET; look at one with:
# dotnet run --project bench/Waxseal.Fuzz -- replay TARGET FILE
set -euo pipefail
cd "$(dirname "$0")/.."
source build/need.sh

[[ $# -eq 2 ]] || { echo "usage: bench/fuzz.sh TARGET[,TARGET...]|all SECONDS" >&2; exit 2; }
target=$1 seconds=$2
work=artifacts/fuzz
fuzzer=$work/bin/Waxseal.Fuzz.dll

need afl++
dotnet build bench/Waxseal.Fuzz -c Release -v q --nologo
rm -rf "$work" && mkdir -p "$work"
cp -r artifacts/bin/Waxseal.Fuzz/release "$work/bin"
dotnet "$fuzzer" instrument "$work/bin/Waxseal.Protocol.dll" "$work/bin/Waxseal.Net.dll" "$work/bin/waxseal.dll"

fuzz() { # TARGET: fuzzes it for the time given
    dotnet "$fuzzer" seeds "$1" "$work/$1"
    AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 \
        afl-fuzz -i "$work/$1/seeds" -x "$work/$1/words" -o "$work/$1/found" -m none -t 10000 -V "$seconds" \
        -- dotnet "$fuzzer" afl "$1" > "$work/$1/log" 2>&1 || tail -n 20 "$work/$1/log"
}

stat_of() { # TARGET KEY: one figure of its run
    sed -n "s/^$2 *: //p" "$work/$1/found/default/fuzzer_stats"
}

targets=${target//,/ }
[[ $target == all ]] && targets=$(dotnet "$fuzzer" targets)
for name in $targets; do
    while [[ $(jobs -rp | wc -l) -ge 2 ]]; do wait -n || true; done
    fuzz "$name" &
done
wait

faults=0
printf '%-20s %12s %8s %8s %6s\n' target executions paths crashes hangs
for name in $targets; do
    if [[ ! -f $work/$name/found/default/fuzzer_stats || $(stat_of "$name" run_time) -lt $((seconds - 5)) ]]; then
        echo "$name: cut short; see $work/$name/log"
        faults=$((faults + 1))
        continue
    fi
    crashes=$(stat_of "$name" saved_crashes) hangs=$(stat_of "$name" saved_hangs)
    printf '%-20s %12s %8s %8s %6s\n' "$name" "$(stat_of "$name" execs_done)" "$(stat_of "$name" corpus_count)" "$crashes" "$hangs"
    faults=$((faults + crashes + hangs))
done
[[ $faults -eq 0 ]]
