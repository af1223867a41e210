/** Of pictures without any difference, dB: more than any lossy coder reaches. */
const PERFECT = 99;
const WINDOW = 8;
/** The usual constants for 8-bit pictures. */
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** How like two pictures are; both are rows of 4 bytes a pixel whose first three are colours, in the same order. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 4) {
    for (let part = 0; part < 3; part += 1) sum += ((a[at + part] ?? 0) - (b[at + part] ?? 0)) ** 2;
  }
  const mean = sum / ((a.length / 4) * 3);
  return mean === 0 ? PERFECT : Math.min(PERFECT, 10 * Math.log10(255 ** 2 / mean));
}

/** Structural similarity of the green parts, 1 for equal pictures: the mean over windows of 8x8 pixels, side by side. */
export function ssim(a: Uint8Array, b: Uint8Array, width: number): number {
  const height = a.length / 4 / width;
  const values: number[] = [];
  for (let y = 0; y + WINDOW <= height; y += WINDOW) {
    for (let x = 0; x + WINDOW <= width; x += WINDOW) values.push(windowSsim(a, b, (y * width + x) * 4 + 1, width * 4));
  }
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function windowSsim(a: Uint8Array, b: Uint8Array, from: number, stride: number): number {
  const count = WINDOW * WINDOW;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let row = 0; row < WINDOW; row += 1) {
    for (let column = 0; column < WINDOW; column += 1) {
      const at = from + row * stride + column * 4;
      const [one, two] = [a[at] ?? 0, b[at] ?? 0];
      sumA += one;
      sumB += two;
      squaresA += one * one;
      squaresB += two * two;
      products += one * two;
    }
  }
  const [meanA, meanB] = [sumA / count, sumB / count];
  const variances = squaresA / count - meanA ** 2 + squaresB / count - meanB ** 2;
  const covariance = products / count - meanA * meanB;
  const likeness = (2 * meanA * meanB + C1) * (2 * covariance + C2);
  return likeness / ((meanA ** 2 + meanB ** 2 + C1) * (variances + C2));
}
