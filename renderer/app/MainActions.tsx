import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { WriteWeekButton } from '../features/posts/WriteWeekButton.tsx';
import { useWriteWeek } from '../features/posts/write-week-store.ts';
import { ButtonLink } from '../components/links.tsx';
import { t, withWords } from '../i18n/i18n.ts';

const WriteWeekDialog = lazy(async () => ({
  default: (await withWords(import('../features/posts/writing/WriteWeekDialog.tsx'))).WriteWeekDialog,
}));

/** What a person most often starts, from wherever she is. */
export function MainActions() {
  const isWriting = useWriteWeek(({ wanted }) => wanted);
  return (
    <>
      <WriteWeekButton variant="subtle" />
      <ButtonLink to="/posts/new" variant="light" leftSection={<IconPlus size={17} />}>
        {t('app:newPost')}
      </ButtonLink>
      {isWriting && (
        <Suspense>
          <WriteWeekDialog />
        </Suspense>
      )}
    </>
  );
}
