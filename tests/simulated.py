"""A simulation with round numbers, for tests of what is made of it."""

from __future__ import annotations

from phonics_app.domain.simulation import Band, Boundary, CutItems, LevelFigures, PlacementFigures, Simulation

AROUND_90 = Band(0.87, 0.93, 500, 0.9, 0.79)


def made_up_simulation(
    around_90: Band | None = AROUND_90,
    exact: tuple[float, ...] = (0.9, 0.9, 0.6),
    items: tuple[int, ...] = (80, 20),
) -> Simulation:
    """Three levels of 300 pupils; by default the test says too much, level 3 is weak, and so are items below it."""
    levels = tuple(
        LevelFigures(k, 300, share, 1.0, (1 - share) / 4, (1 - share) * 3 / 4, 20.0 + k)
        for k, share in enumerate(exact, start=1)
    )
    figures = PlacementFigures(
        pupils=900,
        exact=sum(exact) / 3,
        adjacent=1.0,
        too_high=0.05,
        too_low=0.15,
        mean_items=22.0,
        long_items=41.0,
        minutes=3.5,
        stated=0.88,
        ece=0.081,
        ece_by_chance=0.02,
        reliability=(Band(0.5, 0.6, 4, 0.55, 0.5), Band(0.8, 0.9, 396, 0.86, 0.76), Band(0.9, 0.95, 500, 0.92, 0.83)),
        around_90=around_90,
        max_exposure=0.12,
        bias={"1": 0.05, "2": 0.0, "3": -0.4},
        levels=levels,
        boundaries=(Boundary(1, 2, 600, 0.08), Boundary(2, 3, 600, 0.25)),
        stops={"sure": 0.75, "between": 0.25},
        between_holds=0.93,
    )
    cuts = tuple(CutItems(k, k + 1, n, n // 5, few=n < 40) for k, n in enumerate(items, start=1))
    return Simulation("b" * 16, "placement 1", "1", 240, 1, "careless", figures, cuts, {})
