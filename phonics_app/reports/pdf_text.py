"""Makes the Thai in Typst's PDFs readable for machines: search, copy, screen readers.

Typst gives a whole Thai cluster (consonant, vowel, tone mark) to its first glyph and none to the others, and says the
cluster again where a mark is set at another height: most readers then find marks missing, wrong or doubled. Here each
glyph is told which character it is, and each cluster is said once. Embedded fonts number their glyphs anew, so glyphs
are known by their outline.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import fontpkg

_BLOCK = re.compile(rb"(?<=\nBT)(.*?)(?=\nET\n)", re.DOTALL)
_CLUSTER = re.compile(rb"/Span<</ActualText<FEFF([0-9A-F]+)>>>BDC")
_NOTHING = b"/Span<</ActualText<FEFF>>>BDC"
_MARK = re.compile(rb"0E(31|3[4-9A]|4[7-9A-E])$")
_CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
_STREAM = re.compile(rb"(\d+ 0 obj\n<<)(.*?)(>>\nstream\n)", re.DOTALL)
_NAMED_LETTERS = {
    "yoYingthai": "ญ",
    "doChadathai": "ฎ",
    "toPatakthai": "ฏ",
    "thoThanthai": "ฐ",
    "loChulathai": "ฬ",
}
"""Glyphs of Sarabun that are not named by code point: letters without their foot or tail."""


def readable(document: bytes) -> bytes:
    """`document`, which Typst made, with each Thai glyph mapped to its own character."""
    objects = _objects(document)
    for number, font_name, font_file in _fonts(objects):
        texts = _texts(_stream(objects[font_file]), font_name)
        objects[number] = _edit(objects[number], lambda cmap, texts=texts: _with_characters(cmap, texts))  # type: ignore[misc]
    return _assemble(document, [_edit(item, _said_once) for item in objects])


# ---- PDF as Typst writes it: one cross-reference table, objects in order --------------------------------------------


def _table_start(document: bytes) -> int:
    return int(document[document.rindex(b"startxref") + 9 :].split()[0])


def _objects(document: bytes) -> list[bytes]:
    """The objects by number; number 0 is what stands before the first one."""
    start = _table_start(document)
    entries = document[start:].split(b"\n")
    count = int(entries[1].split()[1])
    offsets = [0, *(int(entry[:10]) for entry in entries[3 : 2 + count]), start]
    if offsets != sorted(offsets):
        raise ValueError("objects of the PDF are not in order")
    return [document[begin:end] for begin, end in pairwise(offsets)]


def _assemble(document: bytes, objects: list[bytes]) -> bytes:
    offsets, position = [], 0
    for item in objects:
        offsets.append(position)
        position += len(item)
    table = b"xref\n0 %d\n0000000000 65535 f\r\n" % len(objects)
    table += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets[1:])
    trailer = document[document.rindex(b"trailer") : document.rindex(b"startxref")]
    return b"".join([*objects, table, trailer, b"startxref\n%d\n%%%%EOF" % position])


def _stream(item: bytes) -> bytes:
    found = _STREAM.match(item)
    if found is None or b"/FlateDecode" not in found[2]:
        return b""
    return zlib.decompressobj().decompress(item[found.end() :])


def _edit(item: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """`item` with its stream changed; other objects, and streams left as they are, keep their bytes."""
    old = _stream(item)
    new = change(old)
    if new == old:
        return item
    found = _STREAM.match(item)
    assert found is not None
    packed = zlib.compress(new)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), found[2])
    return found[1] + head + found[3] + packed + b"\nendstream\nendobj\n"


def _fonts(objects: list[bytes]) -> Iterator[tuple[int, str, int]]:
    """Of each Sarabun font: the object of its character map, its name, the object of its outlines."""
    for item in objects:
        font = re.search(
            rb"/BaseFont/[A-Z]{6}\+(Sarabun-\w+)/Encoding.*?\[(\d+) 0 R\]/ToUnicode (\d+) 0 R", item, re.DOTALL
        )
        if font:
            descriptor = _reference(objects[int(font[2])], b"FontDescriptor")
            yield int(font[3]), font[1].decode(), _reference(objects[descriptor], b"FontFile2")


def _reference(item: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", item)
    if found is None:
        raise ValueError(f"no {key.decode()} in the PDF")
    return int(found[1])


def _with_characters(cmap: bytes, texts: dict[int, str]) -> bytes:
    """The character map with `texts` put in: glyph number → text."""
    known = {int(glyph, 16): text for glyph, text in _CHARACTER.findall(cmap)}
    known |= {glyph: text.encode("utf-16-be").hex().upper().encode() for glyph, text in texts.items()}
    lines = [b"<%04X> <%s>\n" % (glyph, text) for glyph, text in sorted(known.items())]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return cmap[: cmap.index(b"endcodespacerange\n") + 18] + body + cmap[cmap.index(b"endcmap") :]


def _said_once(content: bytes) -> bytes:
    """Each cluster said once.

    A mark that is set at another height has a text block of its own, after that of its letter; the letter's block
    says the whole cluster, so the mark's block is to say nothing.
    """
    owed = False

    def edit(found: re.Match[bytes]) -> bytes:
        nonlocal owed
        block = found[0]
        if not owed:
            owed = _lacks_a_mark(block)
            return block
        owed = False
        return _CLUSTER.sub(_NOTHING, block) if _CLUSTER.search(block) else _NOTHING + block + b"\nEMC"

    return _BLOCK.sub(edit, content)


def _lacks_a_mark(block: bytes) -> bool:
    """Whether the cluster that ends the block is said with more characters than it has glyphs."""
    last = next(reversed(list(_CLUSTER.finditer(block))), None)
    if last is None or not block.endswith(b"EMC") or not _MARK.search(last[1]):
        return False
    return len(last[1]) // 4 > _glyphs_shown(block[last.end() :])


def _glyphs_shown(operators: bytes) -> int:
    """Glyphs in the strings of `operators`: two bytes each, written as hex digits or with escapes."""
    size, position, depth = 0, 0, 0
    while position < len(operators):
        sign = operators[position : position + 1]
        position += 1
        if not depth:
            if sign == b"<":
                end = operators.index(b">", position)
                size += (end - position) // 2
                position = end
            depth += sign == b"("
            continue
        if sign == b"\\":
            position += 3 if operators[position : position + 1].isdigit() else 1
        depth += (sign == b"(") - (sign == b")")
        size += depth > 0
    return size // 2


# ---- TrueType -------------------------------------------------------------------------------------------------------


def _texts(embedded: bytes, font_name: str) -> dict[int, str]:
    """Thai glyphs of an embedded font: number → text."""
    known = _thai_outlines(font_name)
    tables = _tables(embedded)
    found = ((number, known.get(_outline(tables, number))) for number in range(_count(tables)))
    return {number: text for number, text in found if text}


@cache
def _thai_outlines(font_name: str) -> dict[bytes, str]:
    """Outline → text, of the Thai glyphs of a whole font."""
    folder = Path(fontpkg.path("Sarabun")).parent
    tables = _tables((folder / f"{font_name}.ttf").read_bytes())
    texts = {number: _text_of_name(name) for number, name in enumerate(_names(tables["post"]))}
    return {_outline(tables, number): text for number, text in texts.items() if text}


def _text_of_name(name: str) -> str:
    """ "uni0E4D0E48.narrow" → nikhahit and mai ek; empty for glyphs that aren't Thai."""
    stem = name.split(".")[0]
    if re.fullmatch("uni(0E[0-7][0-9A-F])+", stem):
        return bytes.fromhex(stem[3:]).decode("utf-16-be")
    return _NAMED_LETTERS.get(stem, "")


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4s4xII", font, 12 + 16 * i) for i in range(count))
    return {tag.decode(): font[offset : offset + length] for tag, offset, length in entries}


def _count(tables: dict[str, bytes]) -> int:
    return int(struct.unpack_from(">H", tables["maxp"], 4)[0])


def _names(post: bytes) -> list[str]:
    """Glyph names of a `post` table of format 2; those of the standard Macintosh set stay empty."""
    (count,) = struct.unpack_from(">H", post, 32)
    indices = struct.unpack_from(f">{count}H", post, 34)
    strings, position = [], 34 + 2 * count
    while position < len(post):
        length = post[position]
        strings.append(post[position + 1 : position + 1 + length].decode("ascii"))
        position += 1 + length
    return [strings[index - 258] if index >= 258 else "" for index in indices]


def _glyph(tables: dict[str, bytes], number: int) -> bytes:
    long = struct.unpack_from(">h", tables["head"], 50)[0]
    start, end = struct.unpack_from(">2I" if long else ">2H", tables["loca"], number * (4 if long else 2))
    scale = 1 if long else 2
    return tables["glyf"][start * scale : end * scale]


def _outline(tables: dict[str, bytes], number: int) -> bytes:
    """What tells a glyph from others, whatever its number; of a composite glyph, that of its parts and their places."""
    glyph = _glyph(tables, number)
    if len(glyph) < 10 or struct.unpack_from(">h", glyph)[0] >= 0:
        return glyph.rstrip(b"\0")
    whole, position, more = glyph[:10], 10, True
    while more:
        flags, part = struct.unpack_from(">2H", glyph, position)
        size = 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 64 else 8 if flags & 128 else 0)
        whole += glyph[position + 4 : position + size] + _outline(tables, part)
        position, more = position + size, bool(flags & 32)
    return whole
