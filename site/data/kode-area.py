#!/usr/bin/env python3
"""libphonenumber's area codes of Indonesia -> kode-area.tsv: code, provinces, towns.

    pip download phonenumbers==9.0.43 --no-deps --dest .
    python3 site/data/kode-area.py phonenumbers-9.0.43-py2.py3-none-any.whl > site/data/kode-area.tsv

`phonenumbers` carries the data of google/libphonenumber (resources/geocoding/id/62.txt and en/62.txt,
PhoneNumberMetadata.xml), Copyright The Libphonenumber Authors, Apache License 2.0.

The source names the towns of a code, not the borders of its area. So a code is bound to provinces
only: those in which its towns lie. This table says which; Kemendagri's codes.
"""

import re
import sys

VERSION = "9.0.43"

PROVINCES = {
    "11": "629 641-646 650-659 627",
    "12": "61 620-628 630-639",
    "13": "751-757",
    "14": "624 760-769",
    "15": "740-748",
    "16": "702 711-714 730 731 733-735",
    "17": "732 736-739",
    "18": "721-729",
    "19": "715-719",
    "21": "771-779",
    "31": "21",
    "32": "21 22 231-234 251 260-267",
    "33": "24 271-273 275 276 280-289 291-299 356",
    "34": "274",
    "35": "31 321-358",
    "36": "21 252-257",
    "51": "361-363 365-368",
    "52": "364 370-376",
    "53": "380-389",
    "61": "534 561-568",
    "62": "513 522 525 526 528 531 532 536-539",
    "63": "511 512 517 518 526 527",
    "64": "541-549 554",
    "65": "551-553 556",
    "71": "430-434 438",
    "72": "445-465",
    "73": "410-421 423 427 471-485",
    "74": "401-408",
    "75": "435 443",
    "76": "422 426 428",
    "81": "910-918 931",
    "82": "921-929",
    "91": "966 967 981 983",
    "92": "955-957 980 986",
    "93": "902 971 975",
    "94": "901 984 985",
    "95": "969",
    "96": "951 952",
}

# The town of a prefix that is not a whole code in the source: Marisa 0443 and Tebing Tinggi 0702.
WHOLE = {"44": "443", "70": "702"}


def ranges(text):
    for part in text.split():
        first, _, last = part.partition("-")
        yield from map(str, range(int(first), int(last or first) + 1))


def main(wheel):
    sys.path.insert(0, wheel)
    import phonenumbers
    from phonenumbers.data.region_ID import PHONE_METADATA_ID as metadata
    from phonenumbers.geodata import GEOCODE_DATA as geocodes

    assert phonenumbers.__version__ == VERSION, phonenumbers.__version__
    towns = {}
    for prefix, names in geocodes.items():
        if prefix.startswith("62"):
            code = WHOLE.get(prefix[2:], prefix[2:])
            towns[code] = names.get("id") or names["en"]
    landline = re.compile(metadata.fixed_line.national_number_pattern)
    known = [
        code
        for code in ["21", "22", "24", "31", "61", *map(str, range(200, 1000))]
        if code[:2] not in {"21", "22", "24", "31", "61"} or len(code) == 2
        if any(landline.fullmatch(code + "5" * digits) for digits in range(5, 9))
    ]
    placed = {}
    for province, codes in PROVINCES.items():
        for code in ranges(codes):
            placed.setdefault(code, []).append(province)
    assert set(towns) <= set(known), set(towns) - set(known)
    print(f"# libphonenumber {VERSION}, Copyright The Libphonenumber Authors, Apache License 2.0.")
    print("# Made by kode-area.py. Code, provinces in which its towns lie, towns. Changed: provinces added.")
    for code in sorted(known):
        # Without a town nothing is known of where a code belongs.
        provinces = " ".join(placed[code]) if code in towns else ""
        print(f"0{code}\t{provinces}\t{towns.get(code, '').replace('/', ', ')}")


main(sys.argv[1])
