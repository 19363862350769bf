import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { WriteWeekButton } from '../features/posts/WriteWeekButton.tsx';
import { useWriteWeek } from '../features/posts/write-week-store.ts';
import { ButtonLink } from '../components/links.tsx';

const WriteWeekDialog = lazy(async () => ({
  default: (await import('../features/posts/WriteWeekDialog.tsx')).WriteWeekDialog,
}));

/** What a person most often starts, from wherever she is. */
export function MainActions() {
  const isWriting = useWriteWeek(({ wanted }) => wanted);
  return (
    <>
      <WriteWeekButton variant="subtle" />
      <ButtonLink to="/posts/new" variant="light" leftSection={<IconPlus size={17} />}>
        New post
      </ButtonLink>
      {isWriting && (
        <Suspense>
          <WriteWeekDialog />
        </Suspense>
      )}
    </>
  );
}
