/* A spelled word, sound by sound, as phonics_app/engine/spelling_score.py: which of its sounds stand in what was written. */

/** Of each sound of the item the graphemes that may spell it; without a table each grapheme has itself alone. */
export const soundsOf = (item) => (item.spellings?.length ? item.spellings : item.graphemes.map((grapheme) => [grapheme]));

const right = (found) => found.filter(Boolean).length;

/** Of each sound whether it is there, in order; as many as can be. */
export function soundsSpelled(spellings, written) {
  const word = written.trim().toLowerCase();
  const known = new Map();
  const best = (sound, at) => {
    if (sound === spellings.length) return [];
    const key = sound * (word.length + 1) + at;
    if (!known.has(key)) known.set(key, choose(sound, at));
    return known.get(key);
  };
  const choose = (sound, at) => {
    const found = matches(spellings, sound, word, at).map(([count, end]) => [...Array(count).fill(true), ...best(sound + count, end)]);
    found.push([false, ...best(sound + 1, at)]);
    if (at < word.length) found.push(best(sound, at + 1));
    return found.reduce((top, each) => (right(each) > right(top) ? each : top));
  };
  return best(0, 0);
}

/* How many sounds a piece of the word stands for, and where it ends. */
function matches(spellings, sound, word, at) {
  const following = (spellings[sound + 1] ?? []).filter((other) => !other.includes("_"));
  const pieces = spellings[sound].flatMap((grapheme) => {
    const [first, second] = grapheme.split("_");
    return second === undefined ? [[1, first]] : following.map((other) => [2, first + other + second]);
  });
  return pieces.filter(([, piece]) => piece && word.startsWith(piece, at)).map(([count, piece]) => [count, at + piece.length]);
}

/** Of a dictation: `[there, all]` sounds of the words attempted. What is right has all of them. */
export function soundTotals({ block, marks, remarks, attempted }, items) {
  const rows = block.items.slice(0, attempted).map((id, i) => {
    const sounds = soundsOf(items.get(id));
    return [marks[i] === "incorrect" ? right(soundsSpelled(sounds, remarks[i].said)) : sounds.length, sounds.length];
  });
  return rows.reduce(([there, all], [own, count]) => [there + own, all + count], [0, 0]);
}
