"""Runs a program; tells its exit code, seconds, largest memory and what it counted. Fails beyond the limits, which hold for
the seconds of the processor: a machine with other work takes longer."""

import resource
import subprocess
import sys
import time

name, *command = sys.argv[1:]
begun = time.monotonic()
done = subprocess.run(command, capture_output=True, text=True)
seconds = time.monotonic() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
busy = used.ru_utime + used.ru_stime
megabytes = used.ru_maxrss / 1024
counted = next((line for line in reversed(done.stdout.splitlines()) if line[:1].isdigit()), "")
print(f"{name:18} exit {done.returncode}  {busy:5.2f} s ({seconds:5.2f} s on the clock)  {megabytes:4.0f} MB  {counted}")
refused = done.returncode != 0
sys.exit(megabytes > (512 if refused else 200) or busy > (10 if refused else 2) or done.returncode > 1)
