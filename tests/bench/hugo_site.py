"""A synthetic site → the same site as Hugo reads it: the same bodies, the heads in Hugo's keys, links to files of content in
Hugo's own form, words and settings as data.

What Bersinar works out in Rust (dates in words, how long a contact holds, which places an area lies in) is written into the
heads here, so that Hugo need not: its templates only put texts together.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import re
import shutil
import sys
import tomllib
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
NUMBER_DAYS, PLACE_DAYS, EMERGENCY_DAYS = 180, 365, 90


class Words:
    """The wording of the site, and what is put together of it."""

    def __init__(self, site):
        self.tables = tomllib.loads((site / "content/data/kata.id.toml").read_text())
        self.sources = tomllib.loads((site / "content/data/sumber.toml").read_text())["sumber"]

    def fill(self, key, **facts):
        return self.tables["teks"][key].format(**facts)

    def date(self, text):
        parts = text.split("-")
        month = [self.tables["bulan"][parts[1]]] if len(parts) > 1 else []
        day = [str(int(parts[2]))] if len(parts) > 2 else []
        return " ".join(day + month + parts[:1])

    def publisher(self, key):
        return self.sources[key]["penerbit"]


def first_day(text):
    year, month, day = (text.split("-") + ["1", "1"])[:3]
    return datetime.date(int(year), int(month), int(day))


def shown_number(digits, codes):
    """In groups for the eye, as Bersinar shows them."""
    if len(digits) < 8:
        return digits
    length = next((size for size in (4, 3) if digits[:size] in codes), 4)
    rest = digits[length:]
    return " ".join([digits[:length], *(rest[at : at + 4] for at in range(0, len(rest), 4))])


# How official names begin, and what people say instead: `EVERYDAY` in site/src/areas.rs.
EVERYDAY = [("Daerah Istimewa ", "DI "), ("Daerah Khusus Ibukota ", "DKI "), ("Kabupaten Administrasi ", ""), ("Kota Administrasi ", "")]


def everyday(name):
    return next((short + name.removeprefix(long) for long, short in EVERYDAY if name.startswith(long)), name)


class Places:
    """The list of areas: what an area lies in, with the address of its page where it has one."""

    def __init__(self, site):
        self.names, self.official, self.urls = {}, {}, {}
        own = tomllib.loads((site / "content/data/wilayah.toml").read_text())["wilayah"]
        own = {area["kode"]: area["nama"] for area in own}
        code, slugs = [], []
        for line in (REPOSITORY / "site/data/areas.txt").read_text().splitlines():
            level = len(line) - len(line.lstrip("\t"))
            last, name = line.strip().split(" ", 1)
            code[level:] = [last]
            whole = ".".join(code)
            self.official[whole] = name
            self.names[whole] = own.get(whole) or everyday(name)
            slugs[level:] = [slugify(self.names[whole])]
            if level < 2:
                self.urls[whole] = f"/wilayah/{'/'.join(slugs)}/"

    def link(self, code):
        return {"title": self.names[code], "url": self.urls.get(code, "")}

    def upwards(self, code):
        parts = code.split(".")
        return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def slugify(name):
    kept = re.sub(r"['’]", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def hugo_path(link):
    """`@/ibm/_index.md` → `/ibm`"""
    return "/" + re.sub(r"(/?_index)?\.md$", "", link.removeprefix("@/"))


class Site:
    """One synthetic site on its way to Hugo."""

    def __init__(self, source, target, today):
        self.source, self.target, self.today = source, target, today
        self.words = Words(source)
        self.places = Places(source)
        lines = (REPOSITORY / "site/data/kode-area.tsv").read_text().splitlines()
        self.codes = {line.split("\t")[0] for line in lines if not line.startswith("#")}

    def write(self):
        shutil.copytree(HERE / "hugo", self.target)
        (self.target / "assets").mkdir()
        gaya = REPOSITORY / "templates/gaya"
        style = (gaya / "dasar.css").read_text() + (gaya / "halaman.css").read_text()
        (self.target / "assets/halaman.css").write_text(style)
        self.write_data()
        made = set()
        # Bersinar orders what has no place of its own by path.
        paths = sorted((self.source / "content/unit").rglob("*.md"), key=pathlib.Path.as_posix)
        self.places_in_order = {path.relative_to(self.source / "content").as_posix(): number for number, path in enumerate(paths, 1)}
        for path in sorted((self.source / "content").rglob("*")):
            name = path.relative_to(self.source).as_posix()
            if path.is_dir() or name.startswith("content/data/"):
                continue
            target = self.target / name
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            if path.suffix == ".md":
                target.write_text(self.page(path.read_text(), name.removeprefix("content/")))
            else:
                shutil.copyfile(path, target)
        self.write_areas()

    def write_data(self):
        data = self.target / "data"
        data.mkdir()
        settings = tomllib.loads((self.source / "bersinar.toml").read_text())
        lines = tomllib.loads((self.source / "content/data/kontak.toml").read_text())["nasional"]
        script = re.sub(r"(?m)^ *//.*\n", "", (REPOSITORY / "templates/keluar.js").read_text()).strip()
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        icon = (REPOSITORY / "templates/ikon.svg").read_text().strip()
        whole = {
            "menu": [hugo_path(link) for link in settings["menu"]],
            "kaki": [hugo_path(link) for link in settings["kaki"]],
            "keluar": settings["keluar"],
            "script": script,
            "csp": "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'",
            "icon": "data:image/svg+xml," + urllib.parse.quote(icon, safe="=:/ '"),
            "hari_ini": self.words.date(self.today.isoformat()),
            "nasional": [self.national(line) for line in lines],
        }
        (data / "situs.json").write_text(json.dumps(whole))
        shutil.copyfile(self.source / "content/data/kata.id.toml", data / "kata.toml")
        sources = {
            key: {
                "title": source["judul"],
                "publisher": source["penerbit"],
                "date": self.words.date(source["tanggal"]),
                "url": source.get("tautan", ""),
            }
            for key, source in self.words.sources.items()
        }
        (data / "sumber.json").write_text(json.dumps(sources))

    def national(self, line):
        words = self.words
        days = EMERGENCY_DAYS if line["peran"] == "darurat" else NUMBER_DAYS
        shown = line["nomor"]
        if "tekan" in line:
            shown = words.fill("tekan", nomor=shown, tekan=line["tekan"])
        checked = line["diperiksa"]
        return {
            "kind": line["peran"],
            "kind_label": words.tables["peran"][line["peran"]],
            "name": line["nama"],
            "shown": shown,
            "href": f"tel:{line['nomor']}",
            "text": line["keterangan"],
            "hours": line.get("jam", ""),
            "website": line.get("situs", ""),
            "checked": words.fill("nasional_diperiksa", tanggal=words.date(checked), sumber=words.publisher(line["sumber"])),
            "overdue": first_day(checked) + datetime.timedelta(days=days) < self.today,
        }

    def page(self, text, name):
        _, head, body = text.split("+++\n", 2)
        front = tomllib.loads(head)
        folder = name.partition("/")[0]
        own = {
            "title": front["judul"],
            "linkTitle": front.get("judul_pendek", front["judul"]),
            "description": front["ringkasan"],
        }
        weight = front.get("urutan") or self.places_in_order.get(name)
        if weight:
            own["weight"] = weight
        params = {"sumber": front.get("sumber", [])}
        if "per" in front:
            params["per"] = self.words.date(front["per"])
        if "pintu" in front:
            params["pintu"] = [
                {"title": door["judul"], "text": door["teks"], "url": hugo_path(door["ke"]) + "/"} for door in front["pintu"]
            ]
        if "kontak" in front:
            params["kontak"] = [self.contact(contact) for contact in front["kontak"]]
        kinds = {"unit": self.unit, "kantor": self.office, "fasilitas": self.facility}
        if folder in kinds and not name.endswith("_index.md"):
            params |= kinds[folder](front)
        own["params"] = params
        return f"+++\n{toml(own)}+++\n{hugo_links(body)}"

    def contact(self, contact):
        kind, value = contact["jenis"], contact["nilai"]
        words = self.words
        href, shown, purpose, days = "", value, "", PLACE_DAYS
        if kind in ("telepon", "whatsapp"):
            digits = re.sub(r"[ -]", "", value)
            shown, days = shown_number(digits, self.codes), NUMBER_DAYS
            href = f"tel:+62{digits[1:]}" if kind == "telepon" else f"https://wa.me/62{digits[1:]}"
            purpose = words.tables["label"][contact["label"]]
        ends = first_day(contact["diperiksa"]) + datetime.timedelta(days=days)
        checked = words.fill(
            "kontak_diperiksa",
            tanggal=words.date(contact["diperiksa"]),
            sumber=words.publisher(contact["sumber"]),
            batas=words.date(ends.isoformat()),
        )
        label = words.tables["jenis_kontak"][kind]
        return {"label": label, "purpose": purpose, "shown": shown, "href": href, "checked": checked}

    def unit(self, front):
        names = self.places.names
        tables = self.words.tables
        code = front["wilayah"]
        village, district, regency, province = self.places.upwards(code)
        office = hugo_path(front["kantor"])
        above = self.provincial_office(province)
        return {
            "program": ", ".join(tables["program"][program] for program in front["program"]),
            "tempat": [self.places.link(place) for place in (village, district, regency, province)],
            "letak": f"{names[district]}, {names[regency]}",
            "kode": code,
            "status": self.words.fill(f"status_{front['status']}", tanggal=self.words.date(front["per"])),
            "pasti": front["status"] == "dikonfirmasi",
            "rantai": [office] if office == above else [office, above],
        }

    def provincial_office(self, province):
        return f"/kantor/bnnp-{slugify(self.places.official[province])}"

    def office(self, front):
        tables = self.words.tables
        code = front["wilayah"][0]
        province = code.split(".")[0]
        own = {
            "tingkat": tables["tingkat"][front["tingkat"]],
            "melayani": [self.places.link(place) for place in front["wilayah"]],
            "pernyataan": self.statements(front),
        }
        if front["tingkat"] == "bnnk":
            own["di_atas"] = self.provincial_office(province)
        return own

    def facility(self, front):
        kind = front["jenis"].replace("-", "_")
        return {"jenis": self.words.tables["jenis_fasilitas"][kind], "pernyataan": self.statements(front)}

    def statements(self, front):
        words = self.words
        statements = []
        for topic, label in words.tables["keterangan"].items():
            statement = {"label": label, "text": "", "checked": ""}
            told = front.get("keterangan", {}).get(topic)
            if told:
                statement["text"] = told["teks"]
                statement["checked"] = self.said(told)
            if topic == "jam" and "jam" in front:
                statement["hours"] = self.hours(front["jam"])
            statements.append(statement)
        return statements

    def said(self, told):
        return self.words.fill("pernyataan", sumber=self.words.publisher(told["sumber"]), tanggal=self.words.date(told["per"]))

    def write_areas(self):
        """The pages of provinces and kab/kota, which Bersinar makes by itself: what is found there, as paths."""
        offices, units = self.found("kantor"), self.found("unit")
        served = {front["wilayah"][0]: path for path, front in offices}
        counts = {}
        for path, front in units:
            for code in self.places.upwards(front["wilayah"])[2:]:
                counts[code] = counts.get(code, 0) + 1
        sections = {code: self.section_of(code) for code in self.places.urls}
        for code, url in self.places.urls.items():
            name = self.places.names[code]
            near = [path for area, path in served.items() if area == code or area.startswith(code + ".")]
            near += [] if "." not in code else [served[code.split(".")[0]]]
            parts = [
                self.words.fill("isi_kantor", jumlah=len(near)),
                *([self.words.fill("isi_unit", jumlah=counts[code])] if code in counts else []),
            ]
            own = {
                "title": f"{self.words.tables['wilayah']['bantuan_di']} {name}",
                "linkTitle": name,
                "description": self.words.fill("ringkasan_wilayah", nama=name),
                "params": {"kode": code, "isi": ", ".join(parts), "kantor": near, "unit": sections[code]},
            }
            target = self.target / f"content{url.rstrip('/')}{'.md' if '.' in code else '/_index.md'}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"+++\n{toml(own)}+++\n")

    def found(self, kind):
        """The heads of the pages of a kind, with their paths in Hugo."""
        folder = self.source / "content" / kind
        for path in sorted(folder.rglob("*.md")):
            if path.name != "_index.md":
                front = tomllib.loads(path.read_text().split("+++\n", 2)[1])
                yield hugo_path(path.relative_to(self.source / "content").as_posix()), front

    def section_of(self, code):
        """The section of the units in an area, where there is one."""
        parts = [slugify(self.places.official[part]) for part in reversed(self.places.upwards(code))]
        path = "/".join(["unit", *parts])
        return f"/{path}" if (self.source / "content" / path).is_dir() else ""

    def hours(self, hours):
        """As `national` writes them: ranges of days, each with a span or closed."""
        words = self.words
        rows = []
        for days, span in hours.items():
            if days in ("zona", "per", "sumber"):
                continue
            names = [words.tables["hari"][day] for day in days.split("-")]
            told = words.fill("rentang_hari", awal=names[0], akhir=names[1]) if len(names) > 1 else names[0]
            opens, _, closes = span.partition("-")
            text = words.fill("jam_sehari", buka=opens, tutup=closes, zona=hours["zona"]) if closes else words.fill("hari_tutup")
            rows.append({"days": told, "hours": text})
        screening = tomllib.loads((self.source / "content/data/skrining.id.toml").read_text())
        return {"rows": rows, "holidays": screening["jam"]["libur"], "checked": self.said(hours)}


def toml(table):
    """A table as TOML; what JSON and TOML write alike is written as JSON writes it, and tables within arrays inline."""
    lines = [f"{key} = {inline(value)}\n" for key, value in table.items() if key != "params"]
    return "".join(lines) + "[params]\n" + "".join(f"{key} = {inline(value)}\n" for key, value in table["params"].items())


def inline(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def hugo_links(body):
    return re.sub(r"\]\(@/([^)#]*)(#[^)]*)?\)", lambda found: f']({{{{< relref "/{found[1]}{found[2] or ""}" >}}}})', body)


if __name__ == "__main__":
    Site(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), datetime.date.fromisoformat(sys.argv[3])).write()
