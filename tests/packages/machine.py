"""A Debian 12 of its own in a directory, and its systemd as first process of a set of namespaces."""
import os
import pathlib
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = pathlib.Path('/etc/apt/sources.list.d/debian.sources')


class Failed(Exception):
    pass


def run(*command, **options):
    """Gives what it said; Failed, with all it said, when it did not end well."""
    options.setdefault('timeout', 300)
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)
    if done.returncode != 0:
        raise Failed(f'{" ".join(str(part) for part in command)} ended with {done.returncode}\n{done.stdout}')
    return done.stdout


def until(what, seconds, look):
    """Looks again until there is something; no longer than that."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise Failed(f'not within {seconds} s: {what}')
        time.sleep(0.1)


# What only people read; ours is there.
LEAN = """path-exclude=/usr/share/doc/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/man/*
path-include=/usr/share/doc/tram-*
path-include=/usr/share/man/*/tram*
"""
ADD = """set -e
names=$(timeout 300 head -n 1 '{names}')
[ -n "$names" ]
cp '{lean}' "$1/etc/dpkg/dpkg.cfg.d/50-lean"
chroot "$1" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 --no-install-recommends install $names
"""


def make_root(directory, names):
    """Debian's essential packages and apt, from the mirror that this machine uses, and then what the first line out of
    the pipe `names` says: that may be known while the first are being installed."""
    mirror = [SOURCES] if SOURCES.exists() else []
    with tempfile.NamedTemporaryFile('w', prefix='tram-lean-') as lean:
        lean.write(LEAN)
        lean.flush()
        run('mmdebstrap', '--mode=root', '--variant=apt', '--dpkgopt=force-unsafe-io', '--skip=cleanup/apt/lists',
            '--customize-hook=' + ADD.format(names=names, lean=lean.name), 'bookworm', directory, *mirror, timeout=900)


class Machine:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.cgroup = self._own_cgroup()
        self.outer = subprocess.Popen(
            ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--cgroup',
             str(HERE / 'boot.sh'), str(root)], preexec_fn=self._enter_cgroup, stderr=subprocess.PIPE)
        self.init = until('a first process', 20, self._first_process)
        until('its systemd', 60, self._is_up)

    def _own_cgroup(self):
        self.mount = tempfile.mkdtemp(prefix='tram-cgroup-')
        run('mount', '-t', 'cgroup2', 'cgroup2', self.mount)
        cgroup = pathlib.Path(self.mount, f'tram-packages-{os.getpid()}')
        cgroup.mkdir()
        return cgroup

    def _enter_cgroup(self):
        (self.cgroup / 'cgroup.procs').write_text('0')

    def _first_process(self):
        if self.outer.poll() is not None:
            raise Failed('no namespaces here:\n' + self.outer.stderr.read().decode())
        children = pathlib.Path(f'/proc/{self.outer.pid}/task/{self.outer.pid}/children').read_text().split()
        comm = pathlib.Path(f'/proc/{children[0]}/comm').read_text().strip() if children else ''
        return int(children[0]) if comm == 'systemd' else None

    def _is_up(self):
        return self.tries('systemctl', 'is-system-running')[1].strip() in ('running', 'degraded')

    def inside(self, *command):
        return ['nsenter', '-t', str(self.init), '-m', '-u', '-i', '-n', '-p', '-C', '--wdns=/', 'env', '-i',
                'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8', 'DEBIAN_FRONTEND=noninteractive',
                *[str(part) for part in command]]

    def run(self, *command, **options):
        return run(*self.inside(*command), **options)

    def tries(self, *command, **options):
        """Exit code and all it said, whatever it is."""
        done = subprocess.run(self.inside(*command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=options.pop('timeout', 120), **options)
        return done.returncode, done.stdout

    def starts(self, *command, **options):
        return subprocess.Popen(self.inside(*command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)

    def property(self, unit, name):
        return self.run('systemctl', 'show', '--value', '-p', name, unit).strip()

    def process_outside(self, unit):
        """The main process of a unit, by its number out here."""
        number = self.property(unit, 'MainPID')
        for status in pathlib.Path('/proc').glob('[0-9]*/status'):
            try:
                numbers = next(line for line in status.read_text().splitlines() if line.startswith('NSpid:')).split()[1:]
            except (OSError, StopIteration):
                continue
            if len(numbers) > 1 and numbers[-1] == number and self._is_inside(status.parent):
                return int(numbers[0])
        return None

    def _is_inside(self, process):
        try:
            return os.readlink(process / 'ns/pid') == os.readlink(f'/proc/{self.init}/ns/pid')
        except OSError:
            return False

    def stop(self):
        """Its first process takes all others along."""
        self.outer.kill()
        self.outer.wait()
        until('an empty cgroup', 20, lambda: 'populated 0' in (self.cgroup / 'cgroup.events').read_text())
        for directory in sorted(self.cgroup.rglob('*/'), reverse=True):
            if directory.is_dir():
                directory.rmdir()
        self.cgroup.rmdir()
        run('umount', self.mount)
        os.rmdir(self.mount)
