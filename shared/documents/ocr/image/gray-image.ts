import { findSealReds, isRed, withoutSeal } from './red-seals.ts';

/** A page as a picture: one byte per pixel, 0 black, 255 white, rows from the top. */
export interface GrayImage {
  width: number;
  height: number;
  data: Uint8Array;
  /** pixels per inch on paper; estimated where the file does not say */
  dpi: number;
}

export const blankImage = (width: number, height: number, dpi: number): GrayImage => ({
  width,
  height,
  data: new Uint8Array(width * height).fill(255),
  dpi,
});

/**
 * Makes a picture gray, without the ink of red seals. Transparent pixels are paper.
 * @param rgba four bytes per pixel
 */
export function grayFromRgba(rgba: ArrayLike<number>, width: number, height: number, dpi: number): GrayImage {
  const image = blankImage(width, height, dpi);
  const sealReds = findSealReds(rgba, width, height);
  for (let i = 0, at = 0; i < image.data.length; i++, at += 4) {
    const [r, g, b, a] = [rgba[at] ?? 255, rgba[at + 1] ?? 255, rgba[at + 2] ?? 255, rgba[at + 3] ?? 255];
    const gray = isRed(r, g, b) ? withoutSeal(r, sealReds(i)) : (r * 77 + g * 150 + b * 29) >> 8;
    image.data[i] = a === 255 ? gray : 255 - (((255 - gray) * a) >> 8);
  }
  return image;
}

/** Turns the picture by quarters clockwise (0–3). */
export function turnQuarters(image: GrayImage, quarters: number): GrayImage {
  const turns = ((quarters % 4) + 4) % 4;
  if (turns === 0) return image;
  const { width, height, data, dpi } = image;
  const turned = turns === 2 ? blankImage(width, height, dpi) : blankImage(height, width, dpi);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at =
        turns === 1
          ? x * height + (height - 1 - y)
          : turns === 2
            ? (height - 1 - y) * width + (width - 1 - x)
            : (width - 1 - x) * height + y;
      turned.data[at] = data[y * width + x] as number;
    }
  return turned;
}

/** Turns the picture around its middle by a small angle (degrees, clockwise), with interpolation. */
export function rotate(image: GrayImage, degrees: number): GrayImage {
  if (Math.abs(degrees) < 0.05) return image;
  const { width, height, data, dpi } = image;
  const turned = blankImage(width, height, dpi);
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const [cx, cy] = [width / 2, height / 2];
  for (let y = 0; y < height; y++) {
    // source of the pixel: the inverse rotation
    let fromX = cos * -cx + sin * (y - cy) + cx;
    let fromY = -sin * -cx + cos * (y - cy) + cy;
    for (let x = 0; x < width; x++, fromX += cos, fromY -= sin) {
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const [dx, dy] = [fromX - left, fromY - top];
      const at = top * width + left;
      turned.data[y * width + x] =
        (data[at] as number) * (1 - dx) * (1 - dy) +
        (data[at + 1] as number) * dx * (1 - dy) +
        (data[at + width] as number) * (1 - dx) * dy +
        (data[at + width + 1] as number) * dx * dy;
    }
  }
  return turned;
}

/** Scales the picture, with interpolation. */
export function scaleTo(image: GrayImage, dpi: number): GrayImage {
  const factor = dpi / image.dpi;
  if (Math.abs(factor - 1) < 0.02) return image;
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const scaled = blankImage(width, height, dpi);
  const source = factor < 0.5 ? shrinkWhole(image, Math.floor(1 / factor)) : image;
  const [sx, sy] = [source.width / width, source.height / height];
  for (let y = 0; y < height; y++) {
    const fy = Math.min(source.height - 1, Math.max(0, (y + 0.5) * sy - 0.5));
    const top = Math.min(source.height - 2, Math.floor(fy));
    for (let x = 0; x < width; x++) {
      const fx = Math.min(source.width - 1, Math.max(0, (x + 0.5) * sx - 0.5));
      const left = Math.min(source.width - 2, Math.floor(fx));
      const [dx, dy] = [fx - left, fy - top];
      const at = top * source.width + left;
      scaled.data[y * width + x] =
        (source.data[at] as number) * (1 - dx) * (1 - dy) +
        (source.data[at + 1] as number) * dx * (1 - dy) +
        (source.data[at + source.width] as number) * (1 - dx) * dy +
        (source.data[at + source.width + 1] as number) * dx * dy;
    }
  }
  return scaled;
}

/** Averages every n × n pixels. */
export function shrinkWhole(image: GrayImage, n: number): GrayImage {
  if (n <= 1) return image;
  const [width, height] = [Math.floor(image.width / n), Math.floor(image.height / n)];
  const small = blankImage(width, height, image.dpi / n);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let v = 0; v < n; v++)
        for (let u = 0; u < n; u++) sum += image.data[(y * n + v) * image.width + x * n + u] as number;
      small.data[y * width + x] = sum / (n * n);
    }
  return small;
}

/** Part of a picture; everything outside is paper. */
export function crop(image: GrayImage, x: number, y: number, width: number, height: number): GrayImage {
  const part = blankImage(width, height, image.dpi);
  for (let row = 0; row < height; row++) {
    const from = y + row;
    if (from < 0 || from >= image.height) continue;
    const left = Math.max(0, x);
    const right = Math.min(image.width, x + width);
    if (right > left)
      part.data.set(
        image.data.subarray(from * image.width + left, from * image.width + right),
        row * width + left - x,
      );
  }
  return part;
}

/** The picture as a PGM file, which the OCR engine reads without a codec. */
export function toPgm(image: GrayImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${image.width} ${image.height}\n255\n`, 'latin1'), image.data]);
}
