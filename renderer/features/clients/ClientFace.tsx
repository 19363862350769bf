import { Face } from '../../components/Face.tsx';

/** The initials of a client in its brand's colour, where it has one. */
export function ClientFace({ name, color, size }: { name: string; color: string | null; size?: number }) {
  return color === null ? (
    <Face name={name} size={size} />
  ) : (
    <Face name={name} size={size} variant="filled" color={color} autoContrast />
  );
}
