"""How well the shipped bank places pupils, by simulation: `python benchmarks/placement.py [--pupils N]`.

Simulated pupils, no real ones. Three questions: how good is the test if the item model is true, what happens
if pupils answer otherwise than the model thinks, and are the stated probabilities honest. Every pupil's grade
says a level that is off by one on average (`--off` levels, standard deviation). `python -m phonics_app simulate`
tells the same of any bank, world by world; this table sets the worlds side by side, with times.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from phonics_app.calibration.placement_check import GRADE_OFF, placement_figures, sit  # noqa: E402
from phonics_app.calibration.worlds import WORLDS  # noqa: E402
from phonics_app.content import load_content  # noqa: E402
from phonics_app.engine.assembly import assemble_plan  # noqa: E402

HEAD = "world             exact  ±1     items  stated  error  chance  high  low   between  ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=1800, help="simulated pupils in each world (default 1800)")
    parser.add_argument("--off", type=float, default=GRADE_OFF, help="how far the grade's level is off, levels")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    content = load_content(ROOT)
    blueprint = content.bank.placement
    plan = assemble_plan(content.bank, content.rubrics, blueprint.id, 0)
    print(f"Bank {content.bank.version}: {len(plan.items)} items in {len(plan.blocks)} blocks; simulated pupils only")
    print("cuts " + "  ".join(f"{level.number}: {level.cut:.2f}" for level in plan.levels))
    print("error: of the stated probability of the level, expected; chance: the same for an honest test")
    print("between: of those left between two levels, share whose true level is one of the two")
    print(HEAD)
    for name, world in WORLDS.items():
        begun = time.perf_counter()
        out = sit(plan, blueprint, world, chosen.pupils, chosen.seed, chosen.off)
        each = 1000 * (time.perf_counter() - begun) / chosen.pupils
        of = placement_figures(plan, out)
        between = "–" if of.between_holds is None else f"{of.between_holds:.2f}"
        print(
            f"{name:<16}  {of.exact:.3f}  {of.adjacent:.3f}  {of.mean_items:5.1f}  {of.stated:.3f}   {of.ece:.3f}"
            f"  {of.ece_by_chance:.3f}   {of.too_high:.2f}  {of.too_low:.2f}  {between:>7}  {each:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
