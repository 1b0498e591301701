"""What systemd does on a real kiosk and gateway: a program that stopped is started again, but not for ever."""

import sys
import time

from processes import Failed

NEEDS_A_PERSON = 78  # EX_CONFIG, as in our units' RestartPreventExitStatus
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10
STEADY = 30


class Again:
    """One program. Each time it stops the pause before the next start doubles, until it has run for half a minute."""

    def __init__(self, processes, name, start, clock=time.monotonic, say=None):
        self.processes = processes
        self.name = name
        self.start = start
        self.clock = clock
        self.say = say or (lambda text: print(text, file=sys.stderr, flush=True))
        self.pause = FIRST_PAUSE
        self.since = clock()
        self.due = None

    def look(self):
        """Called now and then; never waits."""
        now = self.clock()
        if self.due is not None:
            if now >= self.due:
                self.due, self.since = None, now
                self.processes.stop(self.name)  # what it left behind holds its port
                self.start()
        elif not self.processes.running(self.name):
            self._stopped(now, self.processes.children[self.name].returncode)
        elif now - self.since > STEADY:
            self.pause = FIRST_PAUSE

    def _stopped(self, now, code):
        if code == NEEDS_A_PERSON or self.pause > LONGEST_PAUSE:
            why = "wants a person" if code == NEEDS_A_PERSON else "keeps stopping"
            raise Failed(f"the {self.name} {why}:\n" + self.processes.log_tail(self.name))
        self.say(f"The {self.name} stopped ({code}); starting it again.")
        self.due, self.pause = now + self.pause, self.pause * 2
