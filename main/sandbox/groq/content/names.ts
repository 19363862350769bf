/** `slot_id`, `slotId` and `SlotID` are the same name to the simulator. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
