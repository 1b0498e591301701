#!/usr/bin/env python3
"""A CUPS of one's own, for the demo and the tests: an ordinary user's, on a socket of its own, out of sight of the machine's.

    paper.py DIR [--ipp URI]     becomes that cupsd; socket DIR/cups.sock, queue "paper", pages in DIR/pages
                                 --ipp: a second queue, "ipp", whose printer is there; --again: DIR as it is
"""

import argparse
import grp
import os
import pwd
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CUPSD = "/usr/sbin/cupsd"
HELPERS = "/usr/lib/cups"

FILES = """ServerRoot {dir}/etc
RequestRoot {dir}/spool
CacheDir {dir}/cache
StateDir {dir}/state
TempDir {dir}/temp
ServerBin {dir}/bin
DataDir /usr/share/cups
DocumentRoot {dir}/etc
AccessLog {dir}/access_log
ErrorLog {dir}/error_log
PageLog {dir}/page_log
User {user}
Group {group}
SystemGroup {group}
"""

# Who may do what as Debian ships it, for that is what a station has. Files go with their job; a record without a name or a
# word of ours stays a minute, so that tram-print hears how the job ended before it purges it.
DAEMON = """Listen {dir}/cups.sock
Browsing No
WebInterface No
PreserveJobFiles No
PreserveJobHistory 60
MaxJobs 50
LogLevel warn
DefaultAuthType Basic
<Location />
  Order allow,deny
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-My-Jobs Close-Job Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

QUEUE = """<Printer {name}>
DeviceURI {uri}
State Idle
Type 4
Accepting Yes
Shared No
ErrorPolicy {errors}
OpPolicy default
</Printer>
"""


def prepare(top, uri, me):
    os.makedirs(top, exist_ok=True)
    for name in ("etc", "spool", "cache", "state", "temp", "bin/backend", "pages"):
        os.makedirs(os.path.join(top, name), exist_ok=True)
    os.symlink(os.path.join(HELPERS, "daemon"), os.path.join(top, "bin/daemon"))
    os.symlink(os.path.join(HELPERS, "backend/ipp"), os.path.join(top, "bin/backend/ipp"))
    os.symlink(os.path.join(HERE, "paper_backend.sh"), os.path.join(top, "bin/backend/paper"))
    values = {"dir": top, "user": me.pw_name, "group": grp.getgrgid(me.pw_gid).gr_name}
    queues = QUEUE.format(name="paper", uri=f"paper:{top}/pages", errors="abort-job")
    if uri:
        queues += QUEUE.format(name="ipp", uri=uri, errors="abort-job")
    for name, text in (("cups-files.conf", FILES.format(**values)), ("cupsd.conf", DAEMON.format(**values)),
                       ("printers.conf", queues)):
        with open(os.path.join(top, "etc", name), "w", encoding="utf-8") as file:
            file.write(text)
    # Debian's AppArmor profile is for this path, and lets it write only where the machine's own CUPS does.
    shutil.copy2(CUPSD, os.path.join(top, "cupsd"))


def become(user, top):
    """Only the tests start it as root, in a container. CUPS runs no backend as root for us."""
    for directory, folders, files in os.walk(top):
        for name in (".", *folders, *files):
            os.chown(os.path.join(directory, name), user.pw_uid, user.pw_gid, follow_symlinks=False)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dir")
    parser.add_argument("--ipp")
    parser.add_argument("--again", action="store_true", help="DIR is one that ran before")
    options = parser.parse_args()
    top = os.path.abspath(options.dir)
    me = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    if not options.again:
        prepare(top, options.ipp, me)
    if os.geteuid() == 0:
        become(me, top)
    os.chdir("/")
    os.execv(os.path.join(top, "cupsd"), ["cupsd", "-f", "-c", f"{top}/etc/cupsd.conf", "-s", f"{top}/etc/cups-files.conf"])


if __name__ == "__main__":
    sys.exit(main())
