"""A command → seconds on the clock, seconds of the processor, largest memory."""

import os
import statistics
import subprocess
import sys
import time


class Timing:
    """What one run took."""

    def __init__(self, wall, busy, system, megabytes):
        self.wall, self.busy, self.system, self.megabytes = wall, busy, system, megabytes


def timed(*command, folder=None, environment=None, log=None):
    """Runs a command to its end. One that fails ends the whole run, with what it said."""
    output = open(log, "w+") if log else subprocess.DEVNULL
    begun = time.monotonic()
    child = subprocess.Popen(
        [str(part) for part in command], cwd=folder, env={**os.environ, **(environment or {})}, stdout=output, stderr=output
    )
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - begun
    # So that `Popen` does not wait for it once more.
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        if log:
            output.seek(0)
            sys.stderr.write(output.read()[-4000:])
        raise SystemExit(f"exit {child.returncode}: {' '.join(map(str, command))}")
    return Timing(wall, used.ru_utime + used.ru_stime, used.ru_stime, used.ru_maxrss / 1024)


def median(timings):
    """The median of each figure by itself."""

    def of(name):
        return statistics.median(getattr(timing, name) for timing in timings)

    return Timing(of("wall"), of("busy"), of("system"), of("megabytes"))
