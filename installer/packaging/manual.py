#!/usr/bin/env python3
"""A page of the manual, made of what the program says of itself: manual.py PROGRAM SECTION VERSION FILE.gz"""
import gzip
import os
import subprocess
import sys

ABOUT = {
    'tram': "the operator's tool of a citizen kiosk",
    'tram-agent': 'sends what waits in a citizen kiosk',
    'tram-kiosk': 'the full-screen application of a citizen kiosk',
    'tram-gateway': "the city's gateway of the citizen kiosks",
}
EXITS = {'78': 'the configuration is wrong: a person is needed, systemd does not try again', '75': 'try again later'}


def said(program, *arguments):
    environment = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8'}
    lang = ['--lang', 'en'] if os.path.basename(program) == 'tram' else []
    return subprocess.run([program, *lang, *arguments, '--help'], env=environment, capture_output=True, text=True,
                          check=True, timeout=60).stdout.strip()


def subcommands(text):
    """CLI11 lists them last, each with two spaces before it."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.lower() in ('subcommands:', 'commands:')), len(lines))
    return [line.split()[0] for line in lines[start + 1:] if line.startswith('  ') and line[2] != ' ']


def escaped(text):
    lines = text.replace('\\', '\\e').replace('-', '\\-').splitlines()
    return '\n'.join('\\&' + line if line[:1] in ".'" else line for line in lines)


def verbatim(text):
    return f'.nf\n{escaped(text)}\n.fi'


def page(program, section, version):
    name = os.path.basename(program)
    whole = said(program)
    parts = [f'.TH {name.upper()} {section} "" "{name} {version}" "Trạm Công dân số"', '.SH NAME',
             f'{escaped(name)} \\- {ABOUT[name]}', '.SH DESCRIPTION', verbatim(whole)]
    for command in subcommands(whole):
        parts += [f'.SS {escaped(name)} {escaped(command)}', verbatim(said(program, command))]
    parts.append('.SH EXIT STATUS')
    for code, meaning in EXITS.items():
        parts += ['.TP', code, meaning]
    parts += ['.SH FILES', '/etc/tram/kiosk.json, /etc/tram/gateway.json', '.SH SEE ALSO',
              'OPERATING.md in /usr/share/doc/tram\\-kiosk and /usr/share/doc/tram\\-gateway']
    return '\n'.join(parts) + '\n'


def main():
    program, section, version, target = sys.argv[1:]
    with open(target, 'wb') as file, gzip.GzipFile('', 'wb', 9, file, mtime=0) as packed:
        packed.write(page(program, section, version).encode())


main()
