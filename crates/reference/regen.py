#!/usr/bin/env python3
"""Rewrite the files of `data/` from the reference folder (see data/ATTRIBUTION.md for what it must hold), and from
`supplement/` for what this project chose and the folder does not know.

    python3 crates/reference/regen.py <reference folder>

Needs only the standard library and gives the same bytes each time. Every file is tab-separated UTF-8; its first line
starts with `#` and names the columns.
"""
import csv
import gzip
import json
import math
import pathlib
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict

DATA = pathlib.Path(__file__).resolve().parent / "data"
SUPPLEMENT = DATA.parent / "supplement"
WITH_COMMUNE_MAP = ["04", "38", "45", "55"]
WIDTH, MARGIN = 1000, 4  # of a view box, in its own units
TOLERANCE = 0.8  # of the simplified outlines, in units of the view box


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, columns, rows):
    lines = ["#" + "\t".join(columns)]
    for row in rows:
        assert len(row) == len(columns), row
        assert not any(c in field for field in row for c in "\t\r\n"), row
        lines.append("\t".join(row))
    text = "\n".join(lines) + "\n"
    (DATA / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines) - 1} rows, {len(text.encode()):,} bytes")


def degrees(text):
    """Four decimals of a degree are eleven metres: enough for a point on a map."""
    return f"{float(text):.4f}".rstrip("0").rstrip(".") if text else text


def collation(name):
    """Alphabetical order of a French reader: accents, case and punctuation do not count."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe"))
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip()


# ---------------------------------------------------------------- geography
def geography(source):
    communes = read(source / "geo/communes_2026.csv")
    for row in communes:  # the crate derives the département from the code
        assert row["code_insee"].startswith(row["departement"]), row
    communes.sort(key=lambda r: (r["departement"], r["type"] == "ARM", collation(r["nom"]), r["code_insee"]))
    write(
        "communes.tsv",
        ["code", "name", "kind", "epci", "postcodes", "population", "lat", "lon"],
        [
            [r["code_insee"], r["nom"], "" if r["type"] == "COM" else r["type"], r["epci"],
             r["codes_postaux"].replace("|", " "), r["population"], degrees(r["lat"]), degrees(r["lon"])]
            for r in communes
        ],
    )
    current = {r["code_insee"] for r in communes}
    history = read(source / "geo/communes_historique_2026.csv")
    former = sorted((r["code_insee"], r["commune_actuelle"]) for r in history if r["code_insee"] not in current)
    assert all(new in current for _, new in former)
    write("former_communes.tsv", ["code", "current"], [list(pair) for pair in former])
    write("epci.tsv", ["siren", "name"], sorted([r["siren"], r["nom"]] for r in read(source / "geo/epci_2026.csv")))
    regions = {r["code"]: r["nom"] for r in read(source / "geo/regions_2026.csv")}
    departments = sorted(read(source / "geo/departements_2026.csv"), key=lambda r: r["code"])
    write(
        "departments.tsv",
        ["code", "name", "region", "region_name"],
        [[r["code"], r["nom"], r["region"], regions.get(r["region"], r["nom"])] for r in departments],
    )
    return communes


def territories(source, communes):
    folder = source / "catalogues/territories"
    rows = sorted(read(folder / "territories.csv"), key=lambda r: (r["department"], collation(r["name_fr"])))
    write(
        "catalogues/territories.tsv",
        ["department", "code", "name", "proposed"],
        [[r["department"], r["territory"], r["name_fr"], r["perimeter_proposed"]] for r in rows],
    )
    members = sorted((r["code_insee"], r["territory"]) for r in read(folder / "communes.csv"))
    expected = sorted(r["code_insee"] for r in communes if r["departement"] in WITH_COMMUNE_MAP)
    assert [code for code, _ in members] == expected, "each commune belongs to exactly one territory"
    write("catalogues/territory_communes.tsv", ["commune", "territory"], [list(pair) for pair in members])
    return dict(members)


# ---------------------------------------------------------------- contours
def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def rings_of(feature):
    """Open rings, outer ones anticlockwise and holes clockwise, so that a shared edge is walked both ways."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for index, points in enumerate(polygon):
            ring = [tuple(p[:2]) for p in points[:-1]]
            yield ring if (area(ring) > 0) == (index == 0) else ring[::-1]


class Projection:
    """Equirectangular, longitudes shrunk by the cosine of the middle latitude, into a box WIDTH units wide."""

    def __init__(self, rings):
        points = [p for ring in rings for p in ring]
        self.west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, self.north = min(p[1] for p in points), max(p[1] for p in points)
        self.per_lon = (WIDTH - 2 * MARGIN) / (east - self.west)
        self.per_lat = self.per_lon / math.cos(math.radians((south + self.north) / 2))
        self.height = math.ceil((self.north - south) * self.per_lat) + 2 * MARGIN

    def ring(self, ring):
        points = [(round(MARGIN + (x - self.west) * self.per_lon), round(MARGIN + (self.north - y) * self.per_lat))
                  for x, y in ring]
        return [p for i, p in enumerate(points) if p != points[i - 1]]

    def fields(self):
        return [f"{v:.6f}" for v in (self.west, self.north, self.per_lon, self.per_lat)] + [str(self.height)]


def distance(p, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    if dx == dy == 0:
        return math.dist(p, a)
    t = max(0, min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


def douglas_peucker(line):
    if len(line) < 3:
        return line
    far, index = max((distance(p, line[0], line[-1]), i) for i, p in enumerate(line[1:-1], 1))
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return douglas_peucker(line[: index + 1])[:-1] + douglas_peucker(line[index:])


def simplify(shapes):
    """Simplify {code: [ring]} arc by arc, from junction to junction, so that neighbours keep the same border."""
    neighbours = defaultdict(set)
    for ring in (r for rings in shapes.values() for r in rings):
        for a, b in zip(ring, ring[1:] + ring[:1]):
            neighbours[a].add(b)
            neighbours[b].add(a)
    junctions = {p for p, near in neighbours.items() if len(near) != 2}

    def one(ring):
        starts = [i for i, p in enumerate(ring) if p in junctions]
        if not starts:  # an island: cut it at two points that do not depend on where the ring starts
            first = ring.index(min(ring))
            ring = ring[first:] + ring[:first]
            starts = [0, max(range(len(ring)), key=lambda i: (math.dist(ring[i], ring[0]), ring[i]))]
        turned = ring[starts[0]:] + ring[: starts[0]]
        cuts = [i - starts[0] for i in starts] + [len(ring)]
        turned.append(turned[0])
        points = []
        for a, b in zip(cuts, cuts[1:]):
            arc = turned[a : b + 1]
            arc = douglas_peucker(arc) if arc <= arc[::-1] else douglas_peucker(arc[::-1])[::-1]
            points += arc[:-1]
        return points

    result = {}
    for code, rings in shapes.items():
        kept = [ring for ring in map(one, (r for r in rings if len(r) > 2)) if len(ring) > 2]
        assert kept, f"{code} vanishes"
        result[code] = kept
    return result


def dissolve(shapes):
    """The outer border of several shapes: the edges that no neighbour walks the other way."""
    edges = Counter((a, b) for rings in shapes for ring in rings for a, b in zip(ring, ring[1:] + ring[:1]))
    after = defaultdict(list)
    for (a, b), count in sorted(edges.items()):
        after[a] += [b] * max(0, count - edges[(b, a)])
    rings = []
    for start in sorted(after):
        while after[start]:
            ring, point = [start], after[start].pop()
            while point != start:
                ring.append(point)
                point = after[point].pop()
            if len(ring) > 2:
                rings.append(ring)
    return rings


def path(rings):
    """SVG path data, relative and in whole units: `m12 3l4 5-6 7z`."""
    def pair(dx, dy):
        return f"{dx}{'' if dy < 0 else ' '}{dy}"

    text, (px, py) = "", (0, 0)
    for ring in sorted(rings, key=lambda r: (-abs(area(r)), r)):
        (x, y), *rest = ring
        text += "m" + pair(x - px, y - py)
        px, py = x, y
        steps = ""
        for qx, qy in rest:
            step = pair(qx - x, qy - y)
            steps += step if not steps or step[0] == "-" else " " + step
            x, y = qx, qy
        text += "l" + steps + "z"
    return text


def contours(source, territory_of):
    folder = source / "geo/contours"
    outlines = {}
    for feature in json.loads((folder / "departements_simplifie.geojson").read_text(encoding="utf-8"))["features"]:
        outlines[feature["properties"]["code"]] = list(rings_of(feature))
    shapes, rows = [], []
    for code in sorted(outlines):
        if code not in WITH_COMMUNE_MAP:
            projection = Projection(outlines[code])
            outline = simplify({code: [projection.ring(r) for r in outlines[code]]})[code]
        else:
            with gzip.open(folder / f"communes/{code}.geojson.gz", "rt", encoding="utf-8") as file:
                communes = {f["properties"]["code"]: list(rings_of(f)) for f in json.load(file)["features"]}
            projection = Projection([r for rings in communes.values() for r in rings])
            communes = simplify({c: [projection.ring(r) for r in rings] for c, rings in communes.items()})
            outline = dissolve(communes.values())
            groups = defaultdict(list)
            for commune, rings in sorted(communes.items()):
                shapes.append([code, "commune", commune, path(rings)])
                groups[territory_of[commune]].append(rings)
            shapes += [[code, "territory", t, path(dissolve(members))] for t, members in sorted(groups.items())]
        rows.append([code, *projection.fields(), path(outline)])
    write("outlines.tsv", ["department", "west", "north", "per_lon", "per_lat", "height", "path"], rows)
    write("shapes.tsv", ["department", "kind", "code", "path"], shapes)


# ---------------------------------------------------------------- lists
def clean_label(row):
    label = row["label"].replace("\u00a0", " ").replace("`", "'")
    if row["list"] in ("NATTITSEJ", "MENTTITSEJ"):  # bytes of code page 850 read as Windows-1252
        label = label.replace("‚", "é").replace("…", "à")
    label = label.removeprefix("regroups ").replace("FG:", "Faits générateurs :") if "regroups" in label else label
    label = re.sub(r" \[label deduced[^\]]*\]$", "", label).removesuffix(f"[{row['code']}]").strip()
    return re.sub(r"  +", " ", label)


def programmes(source):
    rows = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((source / "catalogues/programmes").glob("*.toml"))]
    columns = ["code", "department", "name"]
    write("catalogues/programmes.tsv", columns, [[r["code"], r["department"], r["name_fr"]] for r in rows])
    (DATA / "catalogues/programmes").mkdir(parents=True, exist_ok=True)
    for path in sorted((source / "catalogues/programmes").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        (DATA / "catalogues/programmes" / path.name).write_text(text, encoding="utf-8", newline="\n")


def stories(source):
    """Paths told day by day, as they are."""
    (DATA / "catalogues/stories").mkdir(parents=True, exist_ok=True)
    for path in sorted((source / "catalogues/stories").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        (DATA / "catalogues/stories" / path.name).write_text(text, encoding="utf-8", newline="\n")


def orientation(source):
    """Questionnaire, rules and judged cases go in as they are: the département reads and changes the same text."""
    (DATA / "catalogues/orientation").mkdir(parents=True, exist_ok=True)
    for name in ["questionnaire.toml", "rules.toml", "cases.csv"]:
        text = (source / "catalogues/orientation" / name).read_text(encoding="utf-8")
        (DATA / "catalogues/orientation" / name).write_text(text, encoding="utf-8")


def messages(source):
    """Templates of what is sent, as they are; the one of supplement/ counts when there is one."""
    (DATA / "catalogues/messages").mkdir(parents=True, exist_ok=True)
    parts = ["letter-header", "letter-footer", "email-footer"]
    parts = [f"_{part}.{language}.md" for part in parts for language in ["en", "fr"]]
    sent = ["appointment-cancelled", "appointment-reminder", "booking-invitation", "missed-appointment"]
    sent += ["orientation-appointment", "orientation-decision"]
    for name in [*parts, "_recourse.md", *[f"{code}.md" for code in sent]]:
        ours = SUPPLEMENT / "messages" / name
        text = (ours if ours.exists() else source / "catalogues/messages" / name).read_text(encoding="utf-8")
        (DATA / "catalogues/messages" / name).write_text(text, encoding="utf-8", newline="\n")


def lists(source):
    seen = {}
    for row in read(source / "lists/caf_code_lists.csv"):  # the first label of a code wins
        seen.setdefault((row["list"], row["code"].strip()), clean_label(row))
    write("codes.tsv", ["list", "code", "label"], [[*key, label] for key, label in sorted(seen.items())])
    columns = ["key", "value", "unit", "from", "to", "reference", "confidence", "note_fr"]
    parameters = read(source / "catalogues/rules/legal_parameters.csv")
    known, ours = {r["key"] for r in parameters}, read(SUPPLEMENT / "legal_parameters.csv")
    assert not known & {r["key"] for r in ours}, "the reference folder knows it now: take it out of supplement/"
    parameters += ours
    parameters.sort(key=lambda r: (r["key"], r["from"]))
    write("parameters.tsv", columns, [[r[c] for c in columns] for r in parameters])
    first = read(source / "noms/prenoms_faker_fr.csv")
    people = [["female" if r["sexe"] == "F" else "male", r["prenom"]] for r in first]
    people += [["last", r["nom"]] for r in read(source / "noms/noms_faker_fr.csv")]
    write("names.tsv", ["kind", "name"], sorted(people, key=lambda r: (r[0], collation(r[1]))))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1])
    (DATA / "catalogues").mkdir(parents=True, exist_ok=True)
    communes = geography(source)
    contours(source, territories(source, communes))
    lists(source)
    orientation(source)
    messages(source)
    programmes(source)
    stories(source)


if __name__ == "__main__":
    main()
