#!/usr/bin/env python3
"""The .deb packages, lived with: made, installed in a fresh Debian 12 with its own systemd, configured as docs/OPERATING.md
says, upgraded while reports are being sent, removed and purged. As root: it makes namespaces and mounts.
    tests/packages/run.py [--build build/release]"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import life
from machine import Failed, Machine, make_root, run

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# What a Debian that boots has, and what nobody depends on: systemd as first process, a screen without a graphics card.
BESIDES = ['systemd-sysv', 'dbus', 'iproute2', 'xserver-xorg-video-dummy', 'xserver-xorg-core']


class Report:
    """What was tried, one line each; a failed one does not keep the next from being tried where that makes sense."""

    def __init__(self):
        self.passed = self.failed = 0

    def step(self, what, work, *arguments):
        begun = time.monotonic()
        try:
            said = work(*arguments)
        except Exception as problem:  # whatever went wrong, the rest cannot be trusted to mean anything
            self.failed += 1
            print(f'FAILED  {what}: {problem}', flush=True)
            raise
        self.passed += 1
        print(f'ok {time.monotonic() - begun:5.1f} s  {what}' + (f': {said}' if said else ''), flush=True)
        return said


def make_packages(build, target):
    run('cpack', '-G', 'DEB', '--config', build / 'CPackConfig.cmake', '-B', target, cwd=build)
    shutil.rmtree(target / '_CPack_Packages')
    return ', '.join(f'{deb.name.split("_")[0]} {deb.stat().st_size / 1024:.0f} KiB' for deb in sorted(target.glob('*.deb')))


def make_next(old, new):
    """The same files under a higher version; not compressed, because it is for here."""
    new.mkdir()
    for deb in old.glob('*.deb'):
        tree = new / deb.name.split('_')[0]
        run('dpkg-deb', '-R', deb, tree)
        control = (tree / 'DEBIAN/control').read_text()
        version = re.search('^Version: (.*)$', control, re.MULTILINE).group(1)
        (tree / 'DEBIAN/control').write_text(
            control.replace(f'(= {version})', f'(= {life.NEXT_VERSION})')
            .replace(f'Version: {version}\n', f'Version: {life.NEXT_VERSION}\n'))
        run('dpkg-deb', '--root-owner-group', '-Znone', '-b', tree, new / f'{tree.name}_next.deb')
        shutil.rmtree(tree)


def check_style(target):
    """lintian's word on them; what is not mended is overridden with its reason in installer/deb/*.lintian."""
    run('lintian', '--allow-root', '--fail-on', 'error,warning', *sorted(target.glob('*.deb')))


def dependencies(target):
    names = set()
    for deb in target.glob('*.deb'):
        for clause in run('dpkg-deb', '-f', deb, 'Depends').strip().split(','):
            name = clause.split('|')[0].split('(')[0].strip()
            if name and not name.startswith('tram-'):
                names.add(name)
    return sorted(names)


def free_memory_gib():
    for line in pathlib.Path('/proc/meminfo').read_text().splitlines():
        if line.startswith('MemAvailable'):
            return int(line.split()[1]) / 2**20
    return 0


def place_for_root(work):
    """Memory where there is enough: dpkg waits for the disk after each file."""
    root = work / 'root'
    root.mkdir()
    if free_memory_gib() > 4:
        run('mount', '-t', 'tmpfs', '-o', 'size=3g,mode=755', 'tmpfs', root)
    return root


class Names:
    """What the root is to have, told to the one who makes it when it is known."""

    def __init__(self, path):
        self.path = path
        os.mkfifo(path)
        self.pipe = os.open(path, os.O_RDWR)  # both its ends, so that neither side waits for the other to be there

    def tell(self, names):
        os.write(self.pipe, ' '.join(names).encode() + b'\n')


def live(report, build, work):
    old, new, names = work / 'old', work / 'new', Names(work / 'names')
    root = place_for_root(work)
    with concurrent.futures.ThreadPoolExecutor(2) as beside:
        debian = beside.submit(report.step, 'a fresh Debian 12 with what they depend on', make_root, root, names.path)
        needed = []
        try:
            report.step('cpack makes packages', make_packages, build, old)
            needed = BESIDES + dependencies(old)
        finally:
            names.tell(needed)  # none: it gives up
        style = beside.submit(report.step, 'lintian has nothing to say', check_style, old)
        report.step('a next version', make_next, old, new)
        debian.result()
        style.result()
    machine = Machine(root)
    try:
        life.Life(report, machine, old, new, build / 'tests/packages_keeper').run()
    except Failed:
        print(machine.tries('journalctl', '--no-pager', '-n', '80')[1])
        raise
    finally:
        machine.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, default=SOURCE / 'build/release')
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit('tests/packages/run.py: needs root, for namespaces, mounts and apt in a root of its own')
    if not options.inside:  # mounts of our own, gone with us
        os.execvp('unshare', ['unshare', '--mount', '--propagation', 'private', sys.executable, *sys.argv, '--inside'])
    begun, report = time.monotonic(), Report()
    with tempfile.TemporaryDirectory(prefix='tram-packages-') as work:
        try:
            live(report, options.build.resolve(), pathlib.Path(work))
        except (Failed, OSError, subprocess.SubprocessError):
            pass
        subprocess.run(['umount', '-q', '--recursive', '--lazy', f'{work}/root'], check=False)
    print(f'{time.monotonic() - begun:.0f} s; packages: {report.passed} passed, {report.failed} failed')
    sys.exit(1 if report.failed or not report.passed else 0)


if __name__ == '__main__':
    main()
