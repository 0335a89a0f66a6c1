"""What was measured → docs/benchmark.md."""

import datetime
import pathlib
import platform
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def seconds(value):
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def milliseconds(value):
    return f"{value * 1000:.0f} ms"


def megabytes(value):
    return f"{value:,.0f} MB"


def row(*cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def holds(is_so):
    return "holds" if is_so else "**not reached**"


def machine():
    """Processor, memory and kernel, as far as the system tells them."""
    processor, memory = platform.machine(), ""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            memory = f"{int(line.split()[1]) / 1024 / 1024:.0f} GB"
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{cores} cores of {processor}, {memory}, Linux {platform.release()}"


def revision():
    command = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty", "--abbrev=9"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def targets(results, real):
    """Each measure beside what it must reach."""
    pages = max(results)
    bench, own, saves = results[pages]
    saved = statistics.median(saves)
    wall, hugo, copied = own["bersinar"].wall, own["hugo"].wall, own["cp"].wall
    memory, hugo_memory = own["bersinar"].megabytes, own["hugo"].megabytes
    lines = [
        row("measure", "found", "must be", ""),
        row("---", "---", "---", "---"),
        row(
            f"full build of {pages:,} pages, against Hugo",
            f"{seconds(wall)}, Hugo {seconds(hugo)}: 1/{hugo / wall:.1f}",
            "≤ 1/15",
            holds(wall <= hugo / 15),
        ),
        row(
            "the same against `cp -r` of its output",
            f"{seconds(copied)}: {wall / copied:.2f} ×",
            "≤ 1.0 ×",
            holds(wall <= copied),
        ),
        row("largest memory there", megabytes(memory), "≤ 300 MB", holds(memory <= 300)),
        row(
            "the same against Hugo",
            f"{megabytes(hugo_memory)}: 1/{hugo_memory / memory:.1f}",
            "≤ 1/10",
            holds(memory <= hugo_memory / 10),
        ),
    ]
    lines += growth(results)
    lines += [
        edited("build after one edit, right after the full build", own["edit"], wall),
        edited("build after one more edit", own["again"], wall),
        row(
            "save → new page from `bersinar serve`",
            f"{milliseconds(saved)} (slowest of {len(saves)}: {milliseconds(max(saves))})",
            "≤ 50 ms",
            holds(saved <= 0.05),
        ),
        row("real site, full build", milliseconds(real.wall), "≤ 150 ms", holds(real.wall <= 0.15)),
    ]
    return "\n".join(lines)


def edited(name, timing, full):
    share = timing.wall / full
    return row(name, f"{seconds(timing.wall)}: {share:.0%} of the full build", "≤ 15 %", holds(share <= 0.15))


def growth(results):
    """Time and memory per page from the middle size to the largest."""
    sizes = sorted(results)
    if len(sizes) < 2:
        return []

    def each(pages, by):
        own = results[pages][1]["bersinar"]
        return own.wall / by * 1e6, own.megabytes / by * 1024

    before, after = sizes[-2], sizes[-1]
    name = f"for one page, from {before:,} to {after:,} pages"
    pages = zip(each(before, before), each(after, after))
    files = zip(each(before, results[before][0].files), each(after, results[after][0].files))
    rows = []
    for what, unit, (small, large), (small_file, large_file) in zip(("time", "memory"), ("µs", "KB"), pages, files):
        found = f"{small:.1f} → {large:.1f} {unit} (for one file written {small_file:.1f} → {large_file:.1f})"
        rows.append(row(f"{what} {name}", found, "not rising", holds(large <= small)))
    return rows


def sizes_table(results):
    """Every program at every size."""
    lines = [
        row("pages of units", "what", "wall", "processor", "of it system", "memory", "files", "output", "wall against Bersinar"),
        row(*["---"] * 9),
    ]
    names = {"bersinar": "Bersinar", "edit": "Bersinar after one edit", "again": "after one more", "cp": "`cp -r` of its output", "hugo": "Hugo"}
    for pages in sorted(results):
        bench, own, _ = results[pages]
        for key, name in names.items():
            files, size = (bench.hugo_files, bench.hugo_bytes) if key == "hugo" else (bench.files, bench.bytes)
            timing = own[key]
            cells = [seconds(timing.wall), seconds(timing.busy), seconds(timing.system), megabytes(timing.megabytes)]
            ratio = f"{timing.wall / own['bersinar'].wall:.2f} ×"
            lines.append(row(f"{pages:,}", name, *cells, f"{files:,}", megabytes(size / 1e6), ratio))
    return "\n".join(lines)


def document(results, real, repeats, hugo_version):
    frame = (HERE / "benchmark.md").read_text()
    program = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False).stdout.split()
    return frame.format(
        date=datetime.date.today().isoformat(),
        revision=revision(),
        hugo=hugo_version,
        rust=program[1] if len(program) > 1 else "unknown",
        machine=machine(),
        repeats=repeats,
        targets=targets(results, real),
        sizes=sizes_table(results),
    )
