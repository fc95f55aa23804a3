import type { PacketPosition } from '../../shared/packet/position.ts';

export const atPacket = (packet: number, part = 0): PacketPosition => ({ packet, part });
