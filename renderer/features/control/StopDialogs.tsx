import { ResumeDialog } from './ResumeDialog.tsx';
import { StopReport } from './StopReport.tsx';
import { useStopDialogs } from './stop-store.ts';

/** The dialogs around stopping and resuming; at most one is open. */
export function StopDialogs() {
  const { report, resume } = useStopDialogs();
  return (
    <>
      {report !== null && <StopReport scope={report} />}
      {resume !== null && <ResumeDialog scope={resume} />}
    </>
  );
}
