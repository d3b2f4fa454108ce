"""How well the grapheme–phoneme table explains frequent English words: `python benchmarks/words.py [--words 5000]`.

The list of frequent words comes from the package `wordfreq` (data CC BY-SA 4.0), a requirement of this benchmark alone.
What is no word with letters and a vowel (digits, *tv*), or is not in the dictionary (names, abbreviations), is left out
and counted. A word counts as

- by rules: every letter belongs to a row of the table;
- in parts: all but one or two irregular parts do, and no part is longer than three letters: a heart word that can be
  taught letter by letter;
- not explained: anything else.

The command fails where fewer than 98 % are by rules or in parts.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from wordfreq import top_n_list

from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.dictionary import english
from phonics_app.domain.analysis import WordAnalysis
from phonics_app.reports.decodability import cut, pronounced

ROOT = Path(__file__).resolve().parents[1]
AIM = 0.98
MOST_PARTS, LONGEST_PART = 2, 3
WORST = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=5000)
    wanted = parser.parse_args().words
    started = time.perf_counter()
    analyser = load_analyser(ROOT / "item_bank")
    loaded = time.perf_counter()
    words = frequent_words(wanted)
    analysing = time.perf_counter()
    found = [analyser.analyse(word) for word in words]
    speed = len(words) / (time.perf_counter() - analysing)
    print(f"loading dictionary and table: {loaded - started:.1f} s; {speed:,.0f} words a second")
    report(found)
    return 0 if share([w for w in found if explained(w)], found) >= AIM else 1


def frequent_words(count: int) -> list[str]:
    """The `count` most frequent words that the dictionary has; says what was left out on the way."""
    dictionary = english()
    left = {"no letters a–z": 0, "no vowel": 0, "not in the dictionary": 0}
    words: list[str] = []
    for word in top_n_list("en", count * 2):
        if len(words) == count:
            break
        if not re.fullmatch("[a-z']+", word):
            left["no letters a–z"] += 1
        elif not re.search("[aeiouy]", word):
            left["no vowel"] += 1
        elif word not in dictionary:
            left["not in the dictionary"] += 1
        else:
            words.append(word)
    print(f"{len(words):,} words; left out: " + ", ".join(f"{reason} {n}" for reason, n in left.items()))
    return words


def explained(word: WordAnalysis) -> bool:
    irregular = [part for part in word.parts if part.irregular]
    return len(irregular) <= MOST_PARTS and all(len(part.letters) <= LONGEST_PART for part in irregular)


def share(some: Sequence[WordAnalysis], of: Sequence[WordAnalysis]) -> float:
    return len(some) / len(of)


def report(found: Sequence[WordAnalysis]) -> None:
    regular = [word for word in found if not word.irregular]
    in_parts = [word for word in found if word.irregular and explained(word)]
    irregular = [word for word in found if word.irregular]
    both = [*regular, *in_parts]
    letters = [sum(len(part.letters) for part in word.parts) for word in found]
    by_heart = [sum(len(part.letters) for part in word.parts if part.irregular) for word in found]
    print(f"every letter by a row of the table: {len(regular):>5,}  {share(regular, found):7.2%}")
    print(f"all but one or two short parts:     {len(in_parts):>5,}  {share(in_parts, found):7.2%}")
    print(f"both together:                      {len(both):>5,}  {share(both, found):7.2%}  (aim {AIM:.0%})")
    print(f"with an irregular part:             {len(irregular):>5,}  {share(irregular, found):7.2%}")
    print(f"letters that belong to a row:              {1 - sum(by_heart) / sum(letters):7.2%}")
    levels = Counter(word.level for word in regular if word.level)
    print("decodable from level: " + ", ".join(f"{level}: {levels[level]}" for level in sorted(levels)))
    print("worst cases:")
    for word in sorted(found, key=badness, reverse=True)[:WORST]:
        print(f"  {word.word:<16} {cut(word):<32} {pronounced(word)}")


def badness(word: WordAnalysis) -> tuple[int, float]:
    """Irregular letters, then their share of the word."""
    letters = sum(len(part.letters) for part in word.parts if part.irregular)
    return letters, letters / len(word.word)


if __name__ == "__main__":
    raise SystemExit(main())
