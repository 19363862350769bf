import { Avatar } from '@mantine/core';

/** The client's initials in a colour of their own. */
export function ClientFace({ name, size = 42 }: { name: string; size?: number }) {
  return (
    <Avatar
      name={name.replaceAll(/[^\p{L}\p{N} ]/gu, '').replaceAll(/ +/g, ' ')}
      size={size}
      radius="md"
      color="initials"
      allowedInitialsColors={['iris', 'teal', 'orange', 'grape', 'cyan', 'pink']}
      aria-hidden
    />
  );
}
