// @ts-check
/**
 * The group BELENIOS-2048: the subgroup of order Q of the integers modulo P.
 * BigInt arithmetic takes time that depends on the numbers; nothing here promises to hide that from someone who can
 * measure inside the voter's own device.
 */
import { decimal, demand } from "./fault.js";

export const NAME = "BELENIOS-2048";
export const P = 20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719n;
export const G = 2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627n;
export const Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441n;
const BITS = 256;

/** @param {bigint} x @returns {bigint} x modulo Q, never negative */
export function modQ(x) {
  const rest = x % Q;
  return rest < 0n ? rest + Q : rest;
}

/** Uniform in [0, Q): 64 more bits than Q has, so that the remainder shows no preference. @returns {bigint} */
export function randomScalar() {
  return fromBytes(crypto.getRandomValues(new Uint8Array(40))) % Q;
}

/** @param {Uint8Array} bytes big-endian @returns {bigint} */
export function fromBytes(bytes) {
  let hex = "0x0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}

/** The digits of an exponent in base 2^width, lowest first. @param {bigint} exponent @param {number} width @returns {number[]} */
function digits(exponent, width) {
  const bits = exponent.toString(2).padStart(BITS, "0");
  const found = [];
  for (let end = bits.length; end > 0; end -= width) found.push(Number.parseInt(bits.slice(Math.max(0, end - width), end), 2));
  return found;
}

/** Powers of one base that is used often. Rows can be filled beforehand, while the reader reads. */
export class Table {
  /** @param {bigint} base @param {number} [width] bits of a digit: 6 for one ballot, 8 for hundreds */
  constructor(base, width = 6) {
    this.base = base;
    this.width = width;
    /** @type {bigint[][]} row i holds base^(d·2^(width·i)) */
    this.rows = [];
    this.next = base;
  }

  get ready() {
    return this.rows.length * this.width >= BITS;
  }

  /** One row more. @returns {boolean} is the table ready? */
  warm() {
    if (!this.ready) {
      const row = [1n, this.next];
      for (let digit = 2; digit < 1 << this.width; digit++) row.push((row[digit - 1] * this.next) % P);
      this.next = (row[row.length - 1] * this.next) % P;
      this.rows.push(row);
    }
    return this.ready;
  }

  /** @param {bigint} exponent in [0, 2^256) @returns {bigint} */
  power(exponent) {
    while (!this.warm());
    let product = 1n;
    digits(exponent, this.width).forEach((digit, i) => {
      if (digit) product = (product * this.rows[i][digit]) % P;
    });
    return product;
  }
}

const WIDTH = 4;

/**
 * Several powers of one base: the chain of squares is shared, each exponent only sorts its links into buckets by digit.
 * @param {bigint} base @param {readonly bigint[]} exponents @returns {bigint[]}
 */
export function powers(base, exponents) {
  const size = 1 << WIDTH;
  const wanted = exponents.map((exponent) => digits(exponent, WIDTH));
  const buckets = exponents.map(() => /** @type {(bigint | undefined)[]} */ (new Array(size)));
  const length = Math.max(0, ...wanted.map((list) => list.length));
  let link = base;
  for (let i = 0; i < length; i++) {
    wanted.forEach((list, which) => {
      const digit = list[i];
      if (!digit) return;
      const held = buckets[which][digit];
      buckets[which][digit] = held === undefined ? link : (held * link) % P;
    });
    if (i < length - 1) for (let k = 0; k < WIDTH; k++) link = (link * link) % P;
  }
  return buckets.map(gather);
}

/** The product of bucket[d]^d. @param {(bigint | undefined)[]} buckets @returns {bigint} */
function gather(buckets) {
  let above = 1n;
  let product = 1n;
  for (let digit = buckets.length - 1; digit > 0; digit--) {
    const held = buckets[digit];
    if (held !== undefined) above = (above * held) % P;
    if (above !== 1n) product = (product * above) % P;
  }
  return product;
}

/** @param {bigint} base @param {bigint} exponent @returns {bigint} */
export const power = (base, exponent) => powers(base, [exponent])[0];

/** @param {readonly bigint[]} factors @returns {bigint} */
export const product = (factors) => factors.reduce((so, factor) => (so * factor) % P, 1n);

/** x with x·a ≡ 1, by Euclid. @param {bigint} a @param {bigint} modulus @returns {bigint} */
export function inverse(a, modulus) {
  let [r0, r1] = [modulus, ((a % modulus) + modulus) % modulus];
  let [s0, s1] = [0n, 1n];
  while (r1) {
    const ratio = r0 / r1;
    [r0, r1] = [r1, r0 - ratio * r1];
    [s0, s1] = [s1, s0 - ratio * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}

/** @param {bigint} x @returns {boolean} */
export const isMember = (x) => x > 0n && x < P && power(x, Q) === 1n;

/** A group element as written in JSON, membership checked. @param {unknown} text @param {string} where @returns {bigint} */
export function element(text, where) {
  const x = decimal(text, where);
  demand(isMember(x), "not_in_group", where);
  return x;
}

/** An exponent as written in JSON. @param {unknown} text @param {string} where @returns {bigint} */
export function scalar(text, where) {
  const x = decimal(text, where);
  demand(x < Q, "scalar_out_of_range", where);
  return x;
}

/** Powers of G; every module uses this one. */
export const generator = new Table(G);
