"""What the packages leave on a machine, and what the gateway has stored: read from outside, beside the programs."""
import os
import pathlib
import sqlite3

# Written by the machine itself, whoever is installed on it.
NOT_OURS = ('proc', 'sys', 'dev', 'run', 'tmp', 'var/log', 'var/lib/systemd', 'var/lib/apt', 'var/cache/apt', 'var/tmp')
# Lists that are rewritten with every package; their contents are looked at one by one.
LISTS = ('var/lib/dpkg/', 'var/cache/debconf/', 'var/lib/debconf')


def files(root):
    """Every file, directory and link, with where a link leads."""
    found = {}
    for place, folders, names in os.walk(root):
        inside = os.path.relpath(place, root)
        folders[:] = [name for name in folders if os.path.normpath(os.path.join(inside, name)) not in NOT_OURS]
        for name in folders + names:
            path = os.path.normpath(os.path.join(inside, name))
            whole = os.path.join(root, path)
            found[path] = os.readlink(whole) if os.path.islink(whole) else os.lstat(whole).st_mode
    return {path: mode for path, mode in found.items() if not path.startswith(LISTS) or 'tram' in path}


def accounts(root):
    return {line.split(':')[0] for name in ('passwd', 'group', 'shadow', 'gshadow')
            for line in pathlib.Path(root, 'etc', name).read_text().splitlines()}


def state(root):
    return {'files': files(root), 'accounts': accounts(root)}


def left(before, after):
    """What is there now and was not, is gone and was there, or is something else."""
    there, here = before['files'], after['files']
    changed = sorted(path for path in there.keys() | here.keys() if there.get(path) != here.get(path))
    return changed + sorted(before['accounts'] ^ after['accounts'])


def stored(root):
    """Ids of the actions that the gateway has, each as often as it has it."""
    database = pathlib.Path(root, 'var/lib/tram-gateway/gateway.db')
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True, timeout=10) as connection:
        return [id.hex() if isinstance(id, bytes) else id for (id,) in connection.execute('SELECT id FROM envelopes')]


def schema_version(database, version=None):
    """Of a database; set to another when one is given."""
    with sqlite3.connect(database) as connection:
        was, = connection.execute('PRAGMA user_version').fetchone()
        if version is not None:
            connection.execute(f'PRAGMA user_version = {version}')
    return was
