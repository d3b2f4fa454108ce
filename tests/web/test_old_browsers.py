"""Scripts and styles run in the Safari and Firefox of 2021 (Safari 15.0, Firefox 91; Chrome 92): what came later is
found here, with the reason, or stands in a way that older browsers pass over without harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from phonics_app import web

ROOM = Path(web.__file__).parent
SCRIPTS = sorted(p for p in ROOM.rglob("*.js") if "vendor" not in p.parts)
STYLES = sorted(ROOM.rglob("*.css"))

# What must not stand in a script: pattern → since when there is such a thing.
IN_SCRIPTS = {
    r"(?<!this)\.at\(": "Array.at: Safari 15.4",
    r"\.findLast(Index)?\(": "findLast: Safari 15.4, Firefox 104",
    r"\.(toSorted|toReversed|toSpliced)\(|\.with\(": "changing by copy: Safari 16, Firefox 115",
    r"\bObject\.(hasOwn|groupBy)\b": "Object.hasOwn: Safari 15.4, Firefox 92; groupBy: Safari 17.4",
    r"\bstructuredClone\(": "structuredClone: Safari 15.4, Firefox 94",
    r"\bArray\.fromAsync\b|\bPromise\.(withResolvers|try)\b": "Safari 16.4 and 17.4",
    r"\brandomUUID\b|\bcrypto\.subtle\b": "crypto.randomUUID: Safari 15.4; neither is there on plain http",
    r"\bAbortSignal\.(timeout|any)\b": "AbortSignal.timeout: Safari 16, Firefox 100",
    r"\.inert\b|[\"']inert[\"']": "inert: Safari 15.5, Firefox 112",
    r"\.showModal\(|\bHTMLDialogElement\b|::backdrop": "dialog: Safari 15.4, Firefox 98 (modal.js does it)",
    r"\bpopover\b|\.showPopover\(": "popover: Safari 17, Firefox 125",
    r"\bscheduler\.|\brequestIdleCallback\b": "not in Safari",
    r"\bURL\.canParse\b|\.checkVisibility\(": "URL.canParse: Safari 17; checkVisibility: Safari 17.4",
    r"\(\?<[=!]": "lookbehind: Safari 16.4",
    r"\bstatic\s*\{": "static blocks: Safari 16.4, Firefox 93",
    r"#\w+ in \w": "private names with in: Safari 15, Firefox 90",
    r"\bimport\s*\(.*\bwith\b|\bfrom\s+\"[^\"]+\"\s+(with|assert)\b": "import attributes: Safari 17.2",
    r"type=\"?importmap": "import maps: Safari 16.4, Firefox 108",
    r"\bError\([^)]*,\s*\{\s*cause": "cause: Safari 15, Firefox 91",
    r"\bIntl\.(Segmenter|DurationFormat)\b": "Intl.Segmenter: Firefox 125",
    r"\bnew OffscreenCanvas\b": "OffscreenCanvas: Safari 16.4, Firefox 105",
    r"\.(isSubsetOf|union|intersection)\(": "methods of sets: Safari 17, Firefox 127",
}
# May stand where the script asks first whether there is such a thing.
ASKED_FOR = {
    "BroadcastChannel": "Safari 15.4",
    "BarcodeDetector": "in neither of them",
    "CompressionStream": "Safari 16.4, Firefox 113",
    "DecompressionStream": "Safari 16.4, Firefox 113",
}
# The same of what there is only under https or on the computer itself.
NOT_ON_PLAIN_HTTP = ("locks", "clipboard", "wakeLock", "serviceWorker")
# The same of styles. What is only finer where it is known, such as text-wrap or accent-color, may stand.
IN_STYLES = {
    r":has\(": ":has(): Safari 15.4, Firefox 121, and the whole rule is lost",
    r"container-type|@container|\d(cqi|cqw|cqh|cqb|cqmin|cqmax)\b": "container queries: Safari 16, Firefox 110",
    r"@layer|@property|@scope|@starting-style|@when": "@layer: Safari 15.4, Firefox 97",
    r"color-mix\(|\boklch\(|\boklab\(|\blch\(|light-dark\(": "color-mix: Safari 16.2, Firefox 113",
    r"\bsubgrid\b": "subgrid: Safari 16",
    r"\b(overflow|overflow-[xy]):\s*clip\b": "overflow: clip: Safari 16",
    r"repeat\(\s*(min|max|calc|clamp)\(": "computed counts in repeat(): not in all",
    r"@media[^{]*(\(\s*(width|height)\s*[<>]|[<>]=?\s*(width|height))": "ranges in media queries: Safari 16.4",
    r"\b(round|mod|rem|sin|cos|pow|sqrt|abs|sign)\((?=[^)]*[,\d])": "mathematical functions: Safari 15.4 to 17",
    r":(user-invalid|user-valid|popover-open|modal)\b": "Safari 16.4, Firefox 103",
    r"\binterpolate-size|\bcalc-size\(|\banchor\(": "newer than all",
}
# Allowed where an older form of the same stands right before it.
WITH_A_FORM_BEFORE = {r"(\d+)d(vh|vw)\b": r"\1\2"}


def without_comments(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text)


def newer_things(text: str, known: dict[str, str]) -> list[str]:
    plain = without_comments(text)
    faults = [f"{found.group(0)!r}: {why}" for pattern, why in known.items() for found in re.finditer(pattern, plain)]
    for name, since in ASKED_FOR.items():
        if f"new {name}" in plain and f"typeof {name}" not in plain:
            faults.append(f"{name} without asking: {since}")
    for name in NOT_ON_PLAIN_HTTP:
        asked = (f"!navigator.{name}", f"navigator.{name}?.", f"(navigator.{name})", f'"{name}" in navigator')
        if f"navigator.{name}" in plain and not any(form in plain for form in asked):
            faults.append(f"navigator.{name} without asking: not on plain http")
    return faults


def nested(text: str) -> list[str]:
    """Rules inside rules: nesting came with Safari 16.5 and Firefox 117."""
    faults, stack = [], []
    for part in re.findall(r"[^{}]*[{}]", without_comments(text)):
        if part[-1] == "}":
            stack.pop()
            continue
        head = re.split(r"[;]", part[:-1])[-1].strip()
        if stack and not stack[-1].startswith("@"):
            faults.append(head)
        stack.append(head)
    return faults


def forms_without_fallback(text: str) -> list[str]:
    plain = without_comments(text)
    faults = []
    for pattern, older in WITH_A_FORM_BEFORE.items():
        for declaration in re.finditer(rf"([\w-]+):\s*([^;{{}}]*{pattern}[^;{{}}]*)", plain):
            name, value = declaration.group(1), declaration.group(2).strip()
            wanted = f"{name}: {re.sub(pattern, older, value)};"
            if not plain[: declaration.start()].rstrip().endswith(wanted):
                faults.append(f"{name}: {value}")
    return faults


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOM)))
def test_a_script_of_the_last_five_years(path):
    assert not newer_things(path.read_text("utf-8"), IN_SCRIPTS)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(ROOM)))
def test_a_style_of_the_last_five_years(path):
    text = path.read_text("utf-8")
    assert not newer_things(text, IN_STYLES) + nested(text) + forms_without_fallback(text)


@pytest.mark.parametrize(
    "text",
    ["a.at(-1)", "crypto.randomUUID()", "new BroadcastChannel(x)", "root.inert = true", "d.showModal()", "/(?<=a)b/"],
)
def test_what_is_too_new_in_a_script_is_found(text):
    assert newer_things(text, IN_SCRIPTS)
    assert not newer_things(f"// {text}", IN_SCRIPTS)


@pytest.mark.parametrize(
    "text", ["a:has(b) {}", "a { container-type: inline-size }", "a { grid: repeat(min(3, 4), 1fr) }", "@layer a {}"]
)
def test_what_is_too_new_in_a_style_is_found(text):
    assert newer_things(text, IN_STYLES)


def test_nesting_and_a_lonely_form_are_found():
    assert nested("a { color: red; b { color: blue } }") == ["b"]
    assert not nested("@media (x) { a { color: red } }")
    assert forms_without_fallback("a { height: 100dvh; }") == ["height: 100dvh"]
    assert not forms_without_fallback("a { height: 100vh; height: 100dvh; }")
