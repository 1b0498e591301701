"""The life of two machines in one: a gateway and a kiosk, from their packages, by the steps of docs/OPERATING.md."""
import json
import re
import shutil

import books
from machine import Failed, run, until

NEXT_VERSION = '0.1.0.1'
CITY = 'tram.example.gov.vn'
GATEWAY_UNITS = ('tram-gateway.service', 'tram-nginx.service')
KIOSK_UNITS = ('tram-agent.service', 'tram-display.service', 'tram-kiosk.service')
TIMER = 'tram-gateway-backup.timer'
BACKLOG = 1000
# Of systemd-analyze security; what keeps each from less stands in installer/systemd/README.md.
EXPOSURE = {'tram-gateway.service': 1.5, 'tram-gateway-backup.service': 1.5, 'tram-agent.service': 1.5,
            'tram-nginx.service': 1.8, 'tram-kiosk.service': 2.0, 'tram-display.service': 3.0}


def same(what, is_, should_be):
    if is_ != should_be:
        raise Failed(f'{what}: {is_!r}, not {should_be!r}')


class Life:
    def __init__(self, report, machine, old, new, keeper):
        self.report, self.machine, self.root = report, machine, machine.root
        self.old, self.new, self.keeper = old, new, keeper
        self.kept = []

    def run(self):
        step = self.report.step
        self.take_in()
        before = books.state(self.root)
        step('apt installs them, and nothing fails for want of a configuration', self.install, 'old')
        step('systemd-analyze security', self.exposure)
        step('a gateway behind nginx, by the book', self.deploy_gateway)
        step('a kiosk, by the book', self.deploy_kiosk)
        step('X server, window manager and kiosk under systemd', self.start_screen)
        step('reports are kept and go', self.send_some)
        step('backup, by its own unit', self.back_up)
        step('upgraded while reports are kept and sent', self.upgrade)
        step('every one is there, once', self.all_there)
        step('edited files are as they were', self.edits_are_kept)
        step('a kiosk that hangs is started anew', self.freeze_kiosk)
        step('so is one that crashes, and an X server that does', self.crash_screen)
        step('a store of a later version is refused in clear words', self.refuse_later_store)
        step('purged while a report waits: it is kept, and said so', self.purge_with_waiting)
        step('installed again: it goes', self.install_again)
        step('purged: nothing is left', self.purge_all, before)

    # -- small words

    def systemctl(self, *arguments):
        return self.machine.run('systemctl', *arguments)

    def active(self, unit):
        return self.machine.property(unit, 'ActiveState')

    def write(self, path, text, mode=0o644):
        file = self.root / path.lstrip('/')
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def apt(self, *arguments):
        return self.machine.run('apt-get', '-y', '-q', '-o', 'Dpkg::Use-Pty=0', *arguments, timeout=300)

    def debs(self, which):
        return sorted(f'/opt/test/{which}/{deb.name}' for deb in getattr(self, which).glob('*.deb'))

    def delivered(self):
        return len(books.stored(self.root))

    # -- the steps

    def take_in(self):
        for which in ('old', 'new'):
            shutil.copytree(getattr(self, which), self.root / 'opt/test' / which)
        shutil.copy(self.keeper, self.root / 'opt/test/keeper')
        self.write('/opt/test/ca.pem', '')
        self.write('/etc/hosts', f'127.0.0.1 localhost {CITY}\n')

    def install(self, which):
        self.apt('install', '--no-install-recommends', *self.debs(which))
        for unit in GATEWAY_UNITS + KIOSK_UNITS:
            same(f'{unit} enabled', self.systemctl('is-enabled', unit).strip(), 'enabled')
            same(unit, self.active(unit), 'inactive')  # ConditionPathExists
        same(TIMER, self.active(TIMER), 'active')
        for unit in ('getty@tty1.service', 'ctrl-alt-del.target'):
            same(unit, self.machine.property(unit, 'LoadState'), 'masked')
        same('failed units', self.systemctl('--failed', '--no-legend', 'list-units', 'tram-*').strip(), '')

    def exposure(self):
        figures = []
        for unit, most in EXPOSURE.items():
            said = self.machine.run('systemd-analyze', 'security', '--no-pager', unit)
            figure = float(re.search(r'exposure level for \S+: ([0-9.]+)', said).group(1))
            figures.append(f'{unit.removesuffix(".service")} {figure}')
            if figure > most:
                raise Failed(f'{unit}: {figure} > {most}\n{said}')
        return ', '.join(figures)

    def deploy_gateway(self):
        self.make_certificate()
        self.write('/etc/tram/gateway.json', json.dumps(
            {'data_dir': '/var/lib/tram-gateway', 'public_url': f'https://{CITY}', 'listen': '127.0.0.1:8441',
             'retention': {'delivered_attachments_days': 30, 'closed_reports_days': 180, 'envelopes_days': 180}}))
        self.systemctl('start', *GATEWAY_UNITS)
        for unit in GATEWAY_UNITS:
            same(unit, self.active(unit), 'active')
        # systemd counts nginx as active as soon as its program runs; it listens a moment later.
        until('an open door', 30, lambda: self.machine.tries('bash', '-c', ': </dev/tcp/127.0.0.1/443')[0] == 0)
        same('owner', (self.root / 'var/lib/tram-gateway').stat().st_mode & 0o777, 0o700)

    def make_certificate(self):
        tls = self.root / 'etc/tram/tls'
        run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
            '-subj', f'/CN={CITY}', '-addext', f'subjectAltName=DNS:{CITY}', '-keyout', tls / 'privkey.pem',
            '-out', tls / 'fullchain.pem')
        shutil.copy(tls / 'fullchain.pem', self.root / 'opt/test/ca.pem')

    def deploy_kiosk(self):
        self.from_example('kiosk', ca_file='/opt/test/ca.pem', idle_seconds=77)
        code = self.machine.run('runuser', '-u', 'tram-gateway', '--', 'tram-gateway', 'enrol-code', '--config',
                                '/etc/tram/gateway.json', '--ward', '27154', '--station', 'Trạm thử').strip()
        self.machine.run('runuser', '-u', 'tram', '--', 'tram', 'enrol', '--config', '/etc/tram/kiosk.json',
                         '--lang', 'en', input=code + '\n')
        self.systemctl('start', 'tram-agent.service')
        same('tram-agent', self.active('tram-agent.service'), 'active')
        until('what the gateway says of its sealing keys', 60, (self.root / 'var/lib/tram/sealing-keys.json').exists)

    def from_example(self, name, **changes):
        example = self.root / f'usr/share/doc/tram-{"agent" if name == "kiosk" else name}/examples/{name}.json'
        self.write(f'/etc/tram/{name}.json', json.dumps({**json.loads(example.read_text()), **changes}))

    def start_screen(self):
        # No graphics card here; all else is as on a kiosk.
        self.write('/etc/X11/xorg.conf.d/99-test.conf',
                   'Section "Device"\n Identifier "none"\n Driver "dummy"\n VideoRam 65536\nEndSection\n'
                   'Section "Screen"\n Identifier "none"\n Device "none"\n DefaultDepth 24\n SubSection "Display"\n'
                   '  Depth 24\n  Virtual 1080 1920\n EndSubSection\nEndSection\n'
                   'Section "ServerFlags"\n Option "AutoAddDevices" "off"\n Option "AutoAddGPU" "off"\nEndSection\n')
        self.systemctl('start', 'tram-kiosk.service')
        for unit in KIOSK_UNITS:
            same(unit, self.active(unit), 'active')

    def back_up(self):
        self.systemctl('start', 'tram-gateway-backup.service')
        files = [path for path in (self.root / 'var/backups/tram-gateway').rglob('*') if path.is_file()]
        if not any(path.name == 'gateway.db' for path in files):
            raise Failed(f'no database in the backup: {files}')
        linked = sum(path.stat().st_nlink > 1 for path in files)
        same('pictures that are linked, not copied', linked, 10)
        return f'{len(files)} files'

    def keep(self, count, pause=0):
        """Reports, as the kiosk's account; what it says is kept must not be lost."""
        return self.machine.starts('runuser', '-u', 'tram', '--', '/opt/test/keeper', '/etc/tram/kiosk.json', count, pause)

    def note_kept(self, keeper, expected=None):
        said, _ = keeper.communicate(timeout=240)
        ids = [line.split()[1] for line in said.splitlines() if line.startswith('kept ')]
        if expected is not None:
            same('reports kept', len(ids), expected)
        self.kept += ids
        return len(ids)

    def send_some(self):
        self.note_kept(self.keep(100), 100)
        until('100 delivered', 60, lambda: self.delivered() == 100)

    def upgrade(self):
        agent = self.machine.property('tram-agent.service', 'MainPID')
        kiosk = self.machine.process_outside('tram-kiosk.service')
        gateway = self.machine.property('tram-gateway.service', 'MainPID')
        self.edit()
        self.systemctl('stop', 'tram-agent.service')
        self.note_kept(self.keep(BACKLOG), BACKLOG)
        goes_on = self.keep(100_000, 25)  # somebody uses the kiosk all the while
        self.systemctl('start', 'tram-agent.service')
        begun = until('some delivered', 60, lambda: self.delivered() - 100)
        self.apt('install', '--no-install-recommends', *self.debs('new'))
        done, meanwhile = self.delivered() - 100, self.note_kept(goes_on)  # which ends its input, and so it
        if meanwhile < 20 or begun >= BACKLOG:
            raise Failed(f'no upgrade in the middle of sending: {begun} delivered before, {meanwhile} kept meanwhile')
        for unit, was in (('tram-agent.service', agent), ('tram-gateway.service', gateway)):
            if self.machine.property(unit, 'MainPID') == was:
                raise Failed(f'{unit} still runs the version before')
        same('the kiosk goes on', self.machine.process_outside('tram-kiosk.service'), kiosk)
        return f'{begun} of {BACKLOG} delivered when it began, {done} when it ended, {meanwhile} kept meanwhile'

    def all_there(self):
        until('all delivered', 90, lambda: self.delivered() >= len(self.kept))
        stored = sorted(books.stored(self.root))
        same('ids at the gateway, as often as they are there', stored, sorted(self.kept))
        # The kiosk hears of it a moment after the gateway has it.
        until('an empty queue', 10, lambda: self.machine.tries('tram', 'queue', 'is-empty')[0] == 0)
        return len(stored)

    def edit(self):
        self.write('/etc/systemd/logind.conf.d/90-tram-kiosk.conf', '[Login]\nNAutoVTs=1\n')
        self.write('/etc/tram/nginx.d/site.conf', 'server_name ' + CITY + ';\n')

    def edits_are_kept(self):
        same('logind.conf', (self.root / 'etc/systemd/logind.conf.d/90-tram-kiosk.conf').read_text(),
             '[Login]\nNAutoVTs=1\n')
        same('idle_seconds', json.loads((self.root / 'etc/tram/kiosk.json').read_text())['idle_seconds'], 77)
        same('nginx', self.active('tram-nginx.service'), 'active')

    def process(self, name):
        for number in self.machine.tries('pidof', '-s', name)[1].split():
            return number
        return None

    def kiosk_process(self):
        return self.process('tram-kiosk')

    def await_screen(self, kiosk, server=None):
        """Others than these, and ready."""
        until('another kiosk', 40, lambda: self.kiosk_process() not in (None, kiosk))
        until('another X server', 40, lambda: self.process('Xorg') not in (None, server))
        until('a kiosk that is ready', 40, lambda: self.active('tram-kiosk.service') == 'active'
              and self.active('tram-display.service') == 'active')

    def crash_screen(self):
        kiosk, server = self.kiosk_process(), self.process('Xorg')
        self.machine.run('kill', '-SEGV', kiosk)
        self.await_screen(kiosk)
        same('the X server goes on', self.process('Xorg'), server)
        kiosk = self.kiosk_process()
        self.machine.run('kill', '-KILL', server)
        self.await_screen(kiosk, server)

    def freeze_kiosk(self):
        """The X server with it: a stuck one hangs a kiosk as well."""
        frozen, server = self.kiosk_process(), self.process('Xorg')
        self.machine.run('kill', '-STOP', frozen)
        self.await_screen(frozen, server)
        same('its program is the installed one', self.machine.run('readlink', f'/proc/{self.kiosk_process()}/exe').strip(),
             '/usr/bin/tram-kiosk')

    def refuse_later_store(self):
        self.systemctl('stop', 'tram-gateway.service')
        database = self.root / 'var/lib/tram-gateway/gateway.db'
        was = books.schema_version(database, 9999)
        self.machine.tries('systemctl', 'start', 'tram-gateway.service')
        until('it gave up', 30, lambda: self.active('tram-gateway.service') == 'failed')
        same('exit code', self.machine.property('tram-gateway.service', 'ExecMainStatus'), '78')
        said = self.machine.run('journalctl', '--no-pager', '-u', 'tram-gateway.service', '-n', '20')
        if 'store_too_new' not in said:
            raise Failed(said)
        books.schema_version(database, was)
        self.systemctl('reset-failed', 'tram-gateway.service')

    def purge_with_waiting(self):
        self.note_kept(self.keep(3), 3)
        programs = ('tram-agent', 'tram-kiosk', 'tram-tools')
        self.apt('remove', *programs)
        self.kiosk_is_whole()
        said = self.apt('purge', *programs)
        if 'it is kept' not in said:
            raise Failed(said)
        self.kiosk_is_whole()

    def kiosk_is_whole(self):
        for path in ('var/lib/tram/outbox.db', 'var/lib/tram/kiosk.key', 'etc/tram/kiosk.json'):
            if not (self.root / path).exists():
                raise Failed(f'{path} is gone')
        same('account', 'tram' in books.accounts(self.root), True)

    def install_again(self):
        self.apt('install', '--no-install-recommends', *self.debs('new'))
        self.systemctl('start', *GATEWAY_UNITS, 'tram-agent.service')
        self.all_there()

    def purge_all(self, before):
        self.systemctl('stop', 'tram-agent.service')
        self.machine.run('debconf-set-selections', input='tram-gateway tram-gateway/destroy-data boolean true\n')
        self.apt('purge', 'tram-*')
        (self.root / 'etc/X11/xorg.conf.d/99-test.conf').unlink()
        rest = books.left(before, books.state(self.root))
        if rest:
            raise Failed('left: ' + ', '.join(rest))
        units = self.machine.tries('systemctl', 'list-unit-files', '--no-legend', 'tram-*')[1].strip()
        same('units', units, '')
        return self.slow_to_stop()

    def slow_to_stop(self):
        """Units that systemd had to kill in all that time: told, because they make an upgrade long."""
        said = self.machine.run('journalctl', '--no-pager', '-q')
        return ', '.join(re.findall(r"(tram-\S+): State 'stop-sigterm' timed out", said))
