#!/bin/bash
# The tests. Installs what is missing, builds, runs, and ends with one line: N passed, N failed.
#   tests/run.sh              everything CI runs: style, all tests, the demo's smoke, the packages, sanitizers, fuzzers
#   tests/run.sh unit         release build; tests that need no display
#   tests/run.sh ui           release build; the screens under a virtual display
#   tests/run.sh asan|tsan    everything below ui/ with sanitizers
#   tests/run.sh smoke        release build; the unattended demo
#   tests/run.sh style        clang-format, and no more
#   tests/run.sh tidy         clang-tidy over src/ and ui/ (slow; not in CI)
#   tests/run.sh fuzz [--minutes N]   every parser under libFuzzer and sanitizers: N minutes each (default 1)
#   tests/run.sh packages     the .deb packages: made, installed, upgraded and purged in a fresh root
#   tests/run.sh soak [--hours N]   robot residents at one kiosk for N hours (default 24); figures in build/soak.csv, the summary printed
#   tests/run.sh bench        all benches, beside their yardsticks (not in CI)
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

jobs=${TRAM_JOBS:-$(nproc)}
logs=build/test-logs
passed=0 failed=0
failures=()
mkdir -p $logs
# Another clone of the same tree finds what was compiled here.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# A phase is timed, and whatever it runs counts: a build that fails is one failure, not a silence.
phase() { printf '\n=== %s\n' "$*"; phase_started=$SECONDS; }
phase_end() { printf '    %d s\n' $((SECONDS - phase_started)); }
good() { passed=$((passed + ${1:-1})); }
bad() { failed=$((failed + 1)); failures+=("$1"); }

must() { # NAME COMMAND…: its output is kept, and shown when it fails; counts only then
    local name=$1 log="$logs/${1// /-}.log" rc=0
    shift
    phase "$name"
    "$@" >"$log" 2>&1 || rc=1
    if [[ $rc -ne 0 ]]; then
        bad "$name"
        tail -n 60 "$log"
        echo "    FAILED: $name; all of it is in $log"
    fi
    phase_end
    return $rc
}
check() { must "$@" && good; } # the same, and a passed one counts too

needs() { must "packages $*" installer/install-packages.sh "$@" || finish; }

build() { # PRESET [CMAKE-OPTION…]
    local preset=$1
    shift
    must "configure $preset" cmake --preset "$preset" "$@" && must "build $preset" cmake --build --preset "$preset" -j "$jobs"
}
# What CI runs sanitized: the rooms by themselves. The gateway's tests run so by `tests/run.sh asan`.
build_rooms() { cmake --preset asan && cmake --build --preset asan -j "$jobs" --target unit_tests fuzzers; }

tests() { # PRESET CTEST-OPTION…: every test case counts; one that did not run has failed
    local preset=$1 report log rc=0 ran not_passed
    shift
    phase "tests $preset $*"
    report=$PWD/$logs/ctest-$preset-$((++runs)).xml log=$logs/ctest-$preset-$runs.log
    run_tests "$preset" -j "$jobs" "$@"
    if [[ $preset == release && ${not_passed:-0} -ge 1 && $not_passed -le 3 ]]; then second_try; fi
    good "${ran:-0}"
    failed=$((failed + ${not_passed:-0}))
    printf '    %d passed, %d failed\n' "${ran:-0}" "${not_passed:-0}"
    if [[ $rc -ne 0 ]]; then
        tail -n 80 "$log"
        # ctest complained though no test is to blame: none found, no report, a crash of its own.
        [[ ${not_passed:-0} -gt 0 ]] && failures+=("tests $preset $*") || bad "tests $preset $* (ctest ended with $rc)"
        while read -r name; do failures+=("$name"); done < <(tests/junit.py --names "$report")
    fi
    phase_end
}
run_tests() { # sets rc, ran, not_passed of its caller
    local counts
    rc=0
    rm -f "$report"
    ctest --test-dir "build/$1" --output-junit "$report" --output-on-failure --no-tests=error "${@:2}" >"$log" 2>&1 || rc=$?
    counts=$(tests/junit.py "$report") && read -r ran not_passed <<<"$counts"
}
# Real windows and processes on a busy machine: a test or two that failed are tried once more, alone (never what a
# sanitizer found). What they said the first time is shown, and they are named at the end: one seen there again and
# again is to be mended.
second_try() {
    local passed_at_once=$ran first=$logs/ctest-first-try-$runs.log name
    while read -r name; do tried_again+=("$name"); done < <(tests/junit.py --names "$report")
    mv "$log" "$first"
    grep -E 'FAILED:|Failed|error:|Error|^  [A-Z].*:$' -A4 "$first" | head -n 60
    run_tests "$preset" -j 1 --rerun-failed
    ran=$((${ran:-0} + passed_at_once))
}
runs=0 tried_again=()

finish() {
    stop_servers
    printf '\n%d min %02d s\n' $((SECONDS / 60)) $((SECONDS % 60))
    for name in "${tried_again[@]}"; do echo "tried a second time: $name"; done
    for failure in "${failures[@]}"; do echo "failed: $failure"; done
    echo "$passed passed, $failed failed"
    [[ $failed -eq 0 && $passed -gt 0 ]] && exit 0
    exit 1
}
trap stop_servers EXIT

# A test has one for itself: its pointer, its keyboard's focus.
virtual_displays() { # HOW-MANY
    local number ids=()
    for _ in $(seq "$1"); do
        exec {announced}< <(exec Xvfb -displayfd 1 -screen 0 1920x1920x24 -nolisten tcp -noreset 2>"$logs/xvfb.log")
        servers+=($!)
        read -r -t 20 number <&"$announced" || { bad "Xvfb"; cat "$logs/xvfb.log"; return 1; }
        ids+=("{\"id\": \"$number\"}")
        DISPLAY=:$number openbox --config-file installer/session/openbox.xml 2>"$logs/openbox.log" &
    done
    export DISPLAY=:$number # of what is tried again by itself
    unset WAYLAND_DISPLAY
    (IFS=,; echo "{\"version\": {\"major\": 1, \"minor\": 0}, \"local\": [{\"displays\": [${ids[*]}]}]}") >build/displays.json
}
servers=()
stop_servers() { [[ ${#servers[@]} -eq 0 ]] || kill "${servers[@]}" 2>/dev/null; }

style() { check "style" bash -c "find src ui tests -name '*.cpp' -o -name '*.h' | xargs clang-format-19 --dry-run -Werror"; }
# They wait more than they work.
ui() { virtual_displays $((jobs + 2)) && tests release -R '^ui' -j $((jobs + 3)) --resource-spec-file "$PWD/build/displays.json"; }
# What tests/peers runs beside us: exactly the lockfile's, and no scripts of theirs.
peers() { must "npm ci" npm ci --prefix tests/peers/oidc --no-audit --no-fund --ignore-scripts; }
below_ui() { peers && tests release -E '^ui' -j $((jobs + 1)); }
smoke() { check "smoke" env TRAM_BUILT=build/release installer/demo.sh --smoke; sed -n '/^  /p' "$logs/smoke.log"; }
packages() { check "deb packages" tests/packages/run.py --build build/release; sed -n '/^ok/p' "$logs/deb-packages.log"; }
sanitized() { build "$1" && peers && tests "$1" -E '^house'; }
tidy() { # each file by itself
    must "configure tidy" cmake --preset release -B build/tidy -DTRAM_TOGETHER=OFF &&
        check "tidy" run-clang-tidy-19 -quiet -p build/tidy "$PWD/(src|ui)/.*"
}

# Every parser of what comes from outside, each from its corpus on, as many at once as there are cores. First the
# machinery itself: the planted faults must be found by it.
fuzz() { # SECONDS [SEED]: with a seed each run makes the same inputs, so that a landing is not refused by chance
    local target name
    must "build fuzzers" cmake --build --preset asan -j "$jobs" --target fuzzers || return
    # Names of members, quoted as JSON has them, so that the fuzzer need not guess them letter by letter.
    grep -rohE '"[A-Za-z_]+"' src/wire src/device src/oidc src/gateway/provider src/form --include='*.cpp' | sort -u | sed 's/^"\(.*\)"$/"\\"\1\\""/' >build/asan/words.dict
    phase "fuzz $1 s each"
    export -f fuzz_one
    find build/asan/fuzz -maxdepth 1 -type f -executable -name '*_*' | sort |
        xargs -P "$jobs" -I{} bash -c 'fuzz_one "$@"' _ {} "$1" "$logs" "${2:-}"
    for target in build/asan/fuzz/{planted,fuzz}_*; do
        name=$(basename "$target")
        if [[ -e $logs/$name.verdict && $(<"$logs/$name.verdict") == good ]]; then
            good
            printf '  %s: %s\n' "$name" "$(grep -oE 'Done [0-9]+ runs in [0-9]+ second|cov: [0-9]+|planted fault found' "$logs/$name.log" | tail -n 2 | paste -sd' ')"
        else
            bad "$name"
            tail -n 30 "$logs/$name.log"
        fi
    done
    phase_end
}

fuzz_one() { # PROGRAM SECONDS LOGS SEED: a finding is left in build/asan/fuzz/found, to be given to the same program again
    local name found=build/asan/fuzz/found kept
    name=$(basename "$1")
    kept=build/asan/fuzz/kept/${name}
    rm -f "$3/$name.verdict"
    [[ -z $4 ]] || rm -rf "$kept" # what other runs found would lead it elsewhere
    mkdir -p "$found" "$kept"
    local corpus=tests/fuzz/corpus/${name#*_}
    [[ -d $corpus ]] || corpus=
    if nice -n 5 "$1" -max_total_time="$2" -max_len=8192 -timeout=20 -rss_limit_mb=3000 -seed="${4:-0}" -dict=build/asan/words.dict \
        -artifact_prefix="$found/$name-" "$kept" $corpus >"$3/$name.log" 2>&1; then
        [[ $name == planted_* ]] || echo good >"$3/$name.verdict"
    elif [[ $name == planted_* ]] && grep -qE 'heap-buffer-overflow|there is only one code' "$3/$name.log"; then
        echo "planted fault found" >>"$3/$name.log"
        echo good >"$3/$name.verdict"
    fi
}

bench() {
    for program in build/release/bin/bench_*; do
        [[ -x $program ]] && check "$(basename "$program")" "$program" && cat "$logs/$(basename "$program").log"
    done
    check "bench camera" /usr/bin/python3 -B tests/bench/camera/camera.py --build "$PWD/build/release" && cat "$logs/bench-camera.log"
    check "bench alerts" /usr/bin/python3 -B tests/bench/alerts/alerts.py --build "$PWD/build/release" && cat "$logs/bench-alerts.log"
    check "bench app" env TRAM_BUILT=build/release installer/demo.sh --bench && cat "$logs/bench-app.log"
}

case ${1:-all} in
all)
    needs build run gateway demo test fuzz packages peers
    style
    # The rooms' unit tests run once, sanitized; what the programs do, they do as they are shipped.
    if build release -DTRAM_UNIT=OFF; then
        # The sanitized build takes what these leave of the machine; what went wrong with it is seen below.
        (renice -n 19 $BASHPID && build_rooms) >$logs/early-asan.log 2>&1 &
        early=$!
        below_ui
        ui
        smoke
        packages
        phase "rest of the sanitized build"
        wait "$early"
        phase_end
    fi
    if must "build asan" build_rooms; then
        tests asan -R '^unit_'
        fuzz 10 1
    fi
    ;;
unit) needs build run gateway demo test peers; build release -DTRAM_UNIT=ON && below_ui ;;
ui) needs build run gateway test; build release && ui ;;
asan | tsan) needs build run gateway test fuzz peers; sanitized "$1" ;;
smoke) needs build run gateway demo test; build release && smoke ;;
style) needs test; style ;;
tidy) needs build gateway tidy; tidy ;;
fuzz)
    minutes=1
    [[ ${2:-} == --minutes ]] && minutes=${3:?--minutes needs a number}
    needs build gateway fuzz
    must "configure asan" cmake --preset asan && fuzz $((minutes * 60))
    ;;
packages) needs build run gateway demo packages; build release && packages ;;
soak)
    hours=24
    [[ ${2:-} == --hours ]] && hours=${3:?--hours needs a number}
    needs build run gateway demo test
    build release && check "soak" /usr/bin/python3 -B tests/faults/resident/soak.py --hours "$hours" --csv build/soak.csv &&
        cat $logs/soak.log
    ;;
bench) needs build run gateway demo test bench; build release && bench ;;
*) sed -n '2,14s/^# \?//p' "$0"; exit 2 ;;
esac
finish
