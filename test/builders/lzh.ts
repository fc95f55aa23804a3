/** LHA, method -lh0- (not packed), header of level 0. */
export function lzh(name: string, data: Buffer): Buffer {
  const path = Buffer.from(name, 'latin1');
  const head = Buffer.alloc(22 + path.length + 2);
  head.writeUInt8(head.length - 2, 0);
  head.write('-lh0-', 2, 'latin1');
  head.writeUInt32LE(data.length, 7);
  head.writeUInt32LE(data.length, 11);
  head.writeUInt32LE(0x58210000, 15);
  head.writeUInt8(0x20, 19);
  head.writeUInt8(path.length, 21);
  path.copy(head, 22);
  head.writeUInt16LE(crc16(data), 22 + path.length);
  head.writeUInt8(head.subarray(2).reduce((sum, byte) => sum + byte, 0) & 0xff, 1);
  return Buffer.concat([head, data, Buffer.from([0])]);
}
function crc16(data: Buffer): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
