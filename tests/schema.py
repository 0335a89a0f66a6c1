#!/usr/bin/env python3
"""`bersinar schema --format json-schema`, read from stdin, against what the program itself accepts.

The files of the real site fit it, so do its own examples, and of the sites with one fault each exactly
those do not whose fault is one of form.
"""

import json
import sys
import tomllib
from pathlib import Path

from jsonschema import Draft202012Validator as Validator

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "tests" / "faults"

# The faults that a schema can tell: keys, types, words and forms. `banyak` has many at once.
OF_FORM = ["B105", "B106", "B107", "B108", "B109", "B304", "B401", "B405", "B411", "banyak"]
PLACES = {
    "bersinar": "bersinar.toml",
    **{name: f"content/data/{name}.toml" for name in ("sumber", "wilayah", "kontak", "konfirmasi", "instrumen")},
}


def kind(path):
    """The kind of a file by its path below its site; none for one without a schema."""
    if path.suffix == ".toml":
        return next((name for name, place in PLACES.items() if path == Path(place)), None)
    if path.suffix != ".md":
        return None
    if path.stem.endswith(".en"):
        return "terjemahan"
    folder = path.parts[1]
    is_place = path.name != "_index.md" and folder in ("kantor", "unit", "fasilitas")
    return folder if is_place else "halaman"


def table(path):
    """The TOML of a file; none where it does not parse."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text if path.suffix == ".toml" else text.split("+++")[1])
    except (UnicodeDecodeError, IndexError, tomllib.TOMLDecodeError):
        return None


def judged(schema, site):
    """Every file of a site that has a schema, with what is wrong with it."""
    for path in [site / "bersinar.toml", *sorted(site.glob("content/**/*"))]:
        name = kind(path.relative_to(site))
        read = table(path) if name and path.is_file() else None
        if read is not None:
            wanted = {**schema, "$ref": f"#/$defs/{name}"}
            yield path, [error.message for error in Validator(wanted).iter_errors(read)]


def wrong_examples(schema, place="#"):
    """Every example that does not fit the schema that it stands in."""
    if isinstance(schema, list):
        schema = dict(enumerate(schema))
    if not isinstance(schema, dict):
        return
    for example in schema.get("examples", []):
        for error in Validator(schema).iter_errors(example):
            yield f"{place}: {error.message}"
    for key, inner in schema.items():
        yield from wrong_examples(inner, f"{place}/{key}")


def main():
    schema = json.load(sys.stdin)
    Validator.check_schema(schema)
    wrong = list(wrong_examples(schema))

    site = list(judged(schema, ROOT))
    if len(site) < 60:
        wrong.append(f"only {len(site)} files of the real site were read")
    wrong += [f"{path}: {faults[0]}" for path, faults in site if faults]

    refused = [
        folder.name
        for folder in sorted(FAULTS.iterdir())
        if any(faults for _, faults in judged(schema, folder / "input"))
    ]
    if refused != OF_FORM:
        wrong.append(f"refused: {refused}")
    if any(faults for _, faults in judged(schema, FAULTS / "dasar")):
        wrong.append("the site without faults is refused")

    print("\n".join(wrong) or f"{len(site)} files fit, {len(refused)} sites with a fault of form do not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
