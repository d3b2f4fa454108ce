// Unpacks what `CompressionStream("deflate")` has packed (RFC 1950 and 1951), on browsers that can't do it themselves too.

const MAX_BITS = 15;
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_EXTRA = DISTANCE_BASE.map((_, i) => Math.max(0, (i >> 1) - 1));
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
// Bytes. A test of 500 events is a tenth of it; whoever sends more sends nothing of ours.
const LARGEST = 4 * 1024 * 1024;

class Bits {
  constructor(bytes) {
    Object.assign(this, { bytes, at: 0, held: 0, count: 0 });
  }

  take(wanted) {
    while (this.count < wanted) {
      if (this.at >= this.bytes.length) throw new RangeError("ends too early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << wanted) - 1);
    this.held >>>= wanted;
    this.count -= wanted;
    return value;
  }

  toByte() {
    this.held = this.count = 0;
  }
}

/** How many codes there are of each length, and their symbols in order: all that reading a canonical code needs. */
function codeOf(lengths) {
  const counts = new Array(MAX_BITS + 1).fill(0);
  lengths.forEach((length) => (counts[length] += 1));
  counts[0] = 0;
  const offsets = counts.map((_, n) => counts.slice(0, n).reduce((sum, each) => sum + each, 0));
  const symbols = [];
  lengths.forEach((length, symbol) => {
    if (length) symbols[offsets[length]++] = symbol;
  });
  return { counts, symbols };
}

function symbolOf(bits, { counts, symbols }) {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MAX_BITS; length += 1) {
    code |= bits.take(1);
    if (code - counts[length] < first) return symbols[index + code - first];
    index += counts[length];
    first = (first + counts[length]) << 1;
    code <<= 1;
  }
  throw new RangeError("no such code");
}

const FIXED = [
  codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  codeOf(new Array(30).fill(5)),
];

function dynamicCodes(bits) {
  const [literals, distances, given] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const own = new Array(19).fill(0);
  for (let i = 0; i < given; i += 1) own[CODE_ORDER[i]] = bits.take(3);
  const code = codeOf(own);
  const lengths = [];
  const repeat = (value, times) => lengths.push(...new Array(times).fill(value));
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) repeat(lengths[lengths.length - 1] ?? 0, 3 + bits.take(2));
    else repeat(0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7));
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals, literals + distances))];
}

function stored(bits, out) {
  bits.toByte();
  const length = bits.take(16);
  bits.take(16);
  for (let i = 0; i < length; i += 1) out.push(bits.take(8));
}

function block(bits, out, [literals, distances]) {
  for (;;) {
    const symbol = symbolOf(bits, literals);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      out.push(symbol);
      continue;
    }
    const length = LENGTH_BASE[symbol - 257] + bits.take(LENGTH_EXTRA[symbol - 257]);
    const back = symbolOf(bits, distances);
    const from = out.length - DISTANCE_BASE[back] - bits.take(DISTANCE_EXTRA[back]);
    if (!(from >= 0) || out.length + length > LARGEST) throw new RangeError("out of place");
    for (let i = 0; i < length; i += 1) out.push(out[from + i]);
  }
}

/** The bytes that were packed; throws a `RangeError` where `bytes` are not what a packer makes. */
export function inflate(bytes) {
  const bits = new Bits(bytes);
  if (bits.take(4) !== 8) throw new RangeError("not packed in this way");
  bits.take(12);
  const out = [];
  let last = 0;
  while (!last) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) stored(bits, out);
    else if (kind === 1) block(bits, out, FIXED);
    else if (kind === 2) block(bits, out, dynamicCodes(bits));
    else throw new RangeError("no such block");
  }
  return Uint8Array.from(out);
}
