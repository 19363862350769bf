import { Avatar, type AvatarProps } from '@mantine/core';

/** The initials of a client or account in a colour of their own. */
export function Face({ name, size = 42, ...props }: { name: string } & AvatarProps) {
  const letters = name.replaceAll(/[^\p{L}\p{N} ]/gu, '').replaceAll(/ +/g, ' ');
  return (
    <Avatar
      name={letters}
      size={size}
      radius="md"
      color="initials"
      allowedInitialsColors={['iris', 'teal', 'orange', 'grape', 'cyan', 'pink']}
      aria-hidden
      {...props}
    />
  );
}
