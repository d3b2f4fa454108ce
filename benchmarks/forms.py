"""How long parallel forms take, and how alike they are: `python benchmarks/forms.py [--blueprint ID] [--level N]`.

Prints, for each set of forms of the shipped bank, the seconds, the largest difference of expected scores at any
ability of the engine's grid and any slope of the blueprint, where it is, and what the bank lacks.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from phonics_app.content import Content, load_content  # noqa: E402
from phonics_app.content.forms import load_form_blueprints  # noqa: E402
from phonics_app.domain.errors import ProblemsFound  # noqa: E402
from phonics_app.domain.form import FormBlueprint  # noqa: E402
from phonics_app.engine.forms import assemble_forms  # noqa: E402
from phonics_app.locales.messages import render_all  # noqa: E402


def report(blueprint: FormBlueprint, levels: tuple[int, ...], content: Content) -> float:
    """Prints one set of forms; returns the seconds that it took."""
    begun = time.perf_counter()
    span = "-".join(str(number) for number in levels)
    try:
        made = assemble_forms(blueprint, levels, content.bank, content.passages, content.rubrics.mastery)
    except ProblemsFound as found:
        seconds = time.perf_counter() - begun
        print(f"{blueprint.id:<16} {span:<6} {seconds:6.2f} s  not enough items")
        print("".join(f"    {line}\n" for line in render_all(found.problems, "en")), end="")
        return seconds
    seconds = time.perf_counter() - begun
    where = "" if made.difference_at is None else f" at {made.difference_at:+.2f}"
    distinct = [len(set(form.items)) for form in made.forms]
    print(
        f"{blueprint.id:<16} {span:<6} {seconds:6.2f} s  difference {made.difference:6.2%} of {made.maximum:g}{where}"
        f"  gap {made.gap:.3f}  items {distinct}"
    )
    print("".join(f"    {line}\n" for line in render_all(made.notes, "en")), end="")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blueprint", default="", help="one blueprint only")
    parser.add_argument("--level", type=int, help="one highest level only")
    chosen = parser.parse_args()
    content = load_content(ROOT)
    ladder = tuple(level.number for level in content.bank.levels)
    print(f"Bank {content.bank.version}: {len(content.bank.active())} active items, {len(content.passages)} passages")
    for blueprint in load_form_blueprints(ROOT / "item_bank"):
        wanted = [levels for levels in blueprint.level_sets(ladder) if chosen.level in (None, levels[-1])]
        if chosen.blueprint in ("", blueprint.id) and wanted:
            total = sum(report(blueprint, levels, content) for levels in wanted)
            print(f"{blueprint.id}: {len(wanted)} sets in {total:.1f} s\n")


if __name__ == "__main__":
    main()
