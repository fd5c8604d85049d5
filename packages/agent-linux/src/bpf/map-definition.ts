import { type Btf, type BtfType, btfKind, btfTypeHeader } from "../btf/btf.js";

/** What a program says of one of its maps. */
export interface MapDefinition {
  name: string;
  /** `BPF_MAP_TYPE_*` */
  type: number;
  keySize: number;
  valueSize: number;
  /** Numbers of BTF types, 0 for none. */
  keyType: number;
  valueType: number;
  maxEntries: number;
  flags: number;
}

const memberSize = 12;

/**
 * Reads the maps of the section `.maps`. Each is a variable whose type says everything: `__uint(type, 27)` is a
 * member that points to an array of 27, `__type(key, __u32)` one that points to the type.
 */
export function readMapDefinitions(btf: Btf): MapDefinition[] {
  const sectionId = btf.find(btfKind.dataSection, ".maps");
  if (sectionId === undefined) return [];
  const section = btf.type(sectionId);
  return partsOf(section).map((part) => {
    const variable = btf.type(btf.bytes.readUInt32LE(part));
    return readDefinition(btf, btf.text(variable.nameOffset), btf.type(variable.sizeOrType));
  });
}

function readDefinition(btf: Btf, name: string, structure: BtfType): MapDefinition {
  const pointedTo = new Map<string, number>();
  for (const member of partsOf(structure)) {
    const pointer = btf.type(btf.bytes.readUInt32LE(member + 4));
    pointedTo.set(btf.text(btf.bytes.readUInt32LE(member)), pointer.sizeOrType);
  }
  const numberOf = (field: string) => {
    const id = pointedTo.get(field);
    if (id === undefined) return 0;
    return btf.bytes.readUInt32LE(btf.type(id).offset + btfTypeHeader + 8);
  };
  const keyType = pointedTo.get("key") ?? 0;
  const valueType = pointedTo.get("value") ?? 0;
  return {
    name,
    type: numberOf("type"),
    keyType,
    valueType,
    keySize: keyType && btf.sizeOf(keyType),
    valueSize: valueType && btf.sizeOf(valueType),
    maxEntries: numberOf("max_entries"),
    flags: numberOf("map_flags"),
  };
}

function partsOf(type: BtfType): number[] {
  const first = type.offset + btfTypeHeader;
  return Array.from({ length: type.count }, (_, index) => first + index * memberSize);
}
