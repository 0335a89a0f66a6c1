"""Runs a program; tells its exit code, seconds, largest memory and last line. Fails beyond the limits."""

import resource
import subprocess
import sys
import time

name, *command = sys.argv[1:]
begun = time.monotonic()
done = subprocess.run(command, capture_output=True, text=True)
seconds = time.monotonic() - begun
megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
last = (done.stdout.strip().splitlines() or [""])[-2:]
print(f"{name:28} exit {done.returncode}  {seconds:5.2f} s  {megabytes:4.0f} MB  {last[0] if last else ''}")
hostile = done.returncode != 0
sys.exit(megabytes > (512 if hostile else 200) or seconds > (10 if hostile else 2) or done.returncode > 1)
