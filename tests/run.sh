#!/bin/bash
# The tests. Installs what is missing, builds, runs, and ends with one line: N passed, N failed.
#   tests/run.sh              everything CI runs: build, style, all tests, the sanitized ones, the demo's smoke
#   tests/run.sh unit         release build; tests that need no display
#   tests/run.sh ui           release build; the screens under a virtual display
#   tests/run.sh asan|tsan    everything below ui/ with sanitizers
#   tests/run.sh smoke        release build; the unattended demo
#   tests/run.sh style        clang-format, and no more
#   tests/run.sh tidy         clang-tidy over src/ and ui/ (slow; not in CI)
#   tests/run.sh fuzz [--minutes N]   what comes from outside, under libFuzzer and sanitizers: N minutes each (default 1)
#   tests/run.sh bench        all benches, beside their yardsticks (not in CI)
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1

jobs=${TRAM_JOBS:-$(nproc)}
logs=build/test-logs
passed=0 failed=0
failures=()
mkdir -p $logs

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

tests() { # PRESET CTEST-OPTION…: every test case counts; one that did not run has failed
    local preset=$1 report rc=0 counts
    shift
    report=$PWD/$logs/ctest-$preset-$((++runs)).xml
    rm -f "$report"
    phase "tests $preset $*"
    ctest --test-dir "build/$preset" --output-junit "$report" --output-on-failure --no-tests=error -j "$jobs" "$@" \
        >"$logs/ctest-$preset-$runs.log" 2>&1 || rc=$?
    if counts=$(tests/junit.py "$report"); then
        read -r ran not_passed <<<"$counts"
        good "$ran"
        failed=$((failed + not_passed))
        printf '    %d passed, %d failed\n' "$ran" "$not_passed"
    fi
    if [[ $rc -ne 0 ]]; then
        tests/junit.py --names "$report" || true
        tail -n 80 "$logs/ctest-$preset-$runs.log"
        # ctest complained though no test is to blame: none found, no report, a crash of its own.
        [[ ${not_passed:-0} -gt 0 ]] && failures+=("tests $preset $*") || bad "tests $preset $* (ctest ended with $rc)"
    fi
    unset ran not_passed
    phase_end
}
runs=0

finish() {
    [[ -z ${xvfb:-} ]] || kill "$xvfb" 2>/dev/null
    printf '\n%d min %02d s\n' $((SECONDS / 60)) $((SECONDS % 60))
    for failure in "${failures[@]}"; do echo "failed: $failure"; done
    echo "$passed passed, $failed failed"
    [[ $failed -eq 0 && $passed -gt 0 ]] && exit 0
    exit 1
}
trap '[[ -z ${xvfb:-} ]] || kill "$xvfb" 2>/dev/null' EXIT

virtual_display() {
    local number
    exec {announced}< <(exec Xvfb -displayfd 1 -screen 0 1080x1920x24 -nolisten tcp -noreset 2>"$logs/xvfb.log")
    xvfb=$!
    read -r -t 20 number <&"$announced" || { bad "Xvfb"; cat "$logs/xvfb.log"; return 1; }
    export DISPLAY=:$number
    unset WAYLAND_DISPLAY
    openbox --config-file installer/session/openbox.xml 2>"$logs/openbox.log" &
}

style() { check "style" bash -c "find src ui tests -name '*.cpp' -o -name '*.h' | xargs clang-format-19 --dry-run -Werror"; }
# One display, one focus: the screens' tests come one after the other, all else side by side.
ui() { virtual_display && tests release -R '^ui' -j 1; }
below_ui() { tests release -E '^ui'; }
smoke() { check "smoke" env TRAM_BUILT=build/release installer/demo.sh --smoke; sed -n '/^  /p' "$logs/smoke.log"; }
sanitized() { build "$1" -DTRAM_UI=OFF && tests "$1" -E '^(ui|house)'; }
tidy() { check "tidy" run-clang-tidy-19 -quiet -p build/release "$PWD/(src|ui)/.*"; }

fuzz() { # MINUTES
    must "configure fuzz" cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DTRAM_UI=OFF -DTRAM_FUZZ=ON \
        -DCMAKE_CXX_COMPILER=clang++-19 -DTRAM_SANITIZE=address,undefined,fuzzer-no-link || return
    # Names of members, quoted as JSON has them, so that the fuzzer need not guess them letter by letter.
    grep -ohE '"[A-Za-z_]+"' src/wire/*.cpp src/device/*.cpp | sort -u | sed 's/^"\(.*\)"$/"\\"\1\\""/' >build/fuzz/words.dict
    local targets=()
    for source in tests/fuzz/*.cpp; do targets+=("fuzz_$(basename "$source" .cpp)"); done
    must "build fuzz" cmake --build build/fuzz -j "$jobs" --target "${targets[@]}" || return
    for target in "${targets[@]}"; do
        mkdir -p "build/fuzz/corpus/$target"
        # A finding is left in build/fuzz, to be given to the same program again.
        check "$target" "build/fuzz/fuzz/$target" -max_total_time=$(($1 * 60)) -max_len=8192 -timeout=10 -print_final_stats=1 \
            -dict=build/fuzz/words.dict -artifact_prefix="build/fuzz/$target-" "build/fuzz/corpus/$target"
    done
}

bench() {
    for program in build/release/bin/bench_*; do
        [[ -x $program ]] && check "$(basename "$program")" "$program" && cat "$logs/$(basename "$program").log"
    done
    check "bench app" env TRAM_BUILT=build/release installer/demo.sh --bench && cat "$logs/bench-app.log"
}

case ${1:-all} in
all)
    needs build run gateway demo test
    style
    if build release; then
        below_ui
        ui
        smoke
    fi
    sanitized asan
    ;;
unit) needs build gateway test; build release && below_ui ;;
ui) needs build run gateway test; build release && ui ;;
asan | tsan) needs build gateway test; sanitized "$1" ;;
smoke) needs build run gateway demo test; build release && smoke ;;
style) needs test; style ;;
tidy) needs build gateway tidy; build release && tidy ;;
fuzz)
    minutes=1
    [[ ${2:-} == --minutes ]] && minutes=${3:?--minutes needs a number}
    needs build gateway fuzz
    fuzz "$minutes"
    ;;
bench) needs build run gateway demo test bench; build release && bench ;;
*) sed -n '2,12s/^# \?//p' "$0"; exit 2 ;;
esac
finish
