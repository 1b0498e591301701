#!/usr/bin/env python3
"""Runs the fuzzers, two at a time: first those with a planted bug, which must be found, then the real ones.

    tests/fuzz/run.py BUILD-DIRECTORY [--seconds N] [--jobs N] [TARGET …]

Ends with one line for each target and, last, `N passed, N failed`; exit code 0 only when none failed. What a target
found is left in BUILD-DIRECTORY/fuzz/found, to be given to the same program again; once mended it belongs into
tests/fuzz/corpus/TARGET as found-….
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parent.parent / "src"
# Of what a planted bug must print to count as found: the sanitizer's words, or those of must() in Input.h.
PLANTED = {"planted_heap": ("", "heap-buffer-overflow"), "planted_promise": ("text", "does not hold: no code has a Z")}
PLANTED_SECONDS = 60


def write_dictionary(path):
    """Names of members, quoted as JSON has them, so that a fuzzer need not guess them letter by letter."""
    words = set()
    for folder in ("wire", "device", "oidc", "gateway/http"):
        for source in (SOURCES / folder).glob("*.cpp"):
            words.update(re.findall(r'"[A-Za-z_]{2,}"', source.read_text(encoding="utf-8")))
    path.write_text("".join('"\\"%s\\""\n' % word[1:-1] for word in sorted(words)), encoding="utf-8")


class Run:
    def __init__(self, build):
        self.programs = build / "fuzz"
        self.grown = build / "fuzz" / "grown"
        self.found = build / "fuzz" / "found"
        self.found.mkdir(parents=True, exist_ok=True)
        self.dictionary = build / "fuzz" / "words.dict"
        write_dictionary(self.dictionary)

    def start(self, target, corpora, seconds):
        command = [self.programs / f"fuzz_{target}", f"-max_total_time={seconds}", "-max_len=16384", "-timeout=20",
                   "-rss_limit_mb=2048", "-print_final_stats=1", "-reload=0", f"-dict={self.dictionary}",
                   f"-artifact_prefix={self.found}/{target}-", *corpora]
        environment = dict(os.environ, UBSAN_OPTIONS="print_stacktrace=1")
        began = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, check=False,
                              timeout=seconds + 120)
        return done.returncode, done.stdout.decode("utf-8", "replace"), time.monotonic() - began

    def planted(self, target):
        """True when the bug that is known to be there was found, and was this bug."""
        seeds, words = PLANTED[target]
        corpora = [HERE / "corpus" / seeds] if seeds else []
        code, said, took = self.start(target, corpora, PLANTED_SECONDS)
        good = code != 0 and words in said
        print(f"{target:18} {'found' if good else 'NOT FOUND'} in {took:.0f} s", flush=True)
        for left in self.found.glob(f"{target}-*"):
            left.unlink()
        return good

    def real(self, target, seconds):
        grown = self.grown / target
        grown.mkdir(parents=True, exist_ok=True)
        seeds = HERE / "corpus" / target
        if not any(seeds.iterdir()):
            raise FileNotFoundError(f"{seeds} is empty")
        code, said, took = self.start(target, [grown, seeds], seconds)
        runs = re.search(r"stat::number_of_executed_units: *(\d+)", said)
        covered = re.findall(r"cov: (\d+)", said)
        # A fuzzer that ran nothing has tried nothing.
        good = code == 0 and runs is not None and int(runs[1]) > len(list(seeds.iterdir()))
        print(f"{target:18} {'passed' if good else 'FAILED'}: {runs[1] if runs else 0} inputs in {took:.0f} s, "
              f"{covered[-1] if covered else 0} edges", flush=True)
        if not good:
            print(said[-6000:], flush=True)
        return good


def targets_in(folder):
    return sorted(source.stem for source in folder.glob("*.cpp"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    run = Run(options.build.resolve())
    targets = options.targets or targets_in(HERE)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        planted = list(pool.map(run.planted, sorted(PLANTED)))
        real = list(pool.map(lambda target: run.real(target, options.seconds), targets))
    failed = (planted + real).count(False)
    print(f"{len(planted + real) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
