import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import { formatList } from '../../../components/format.ts';
import { type Trouble, troubleOf, worstTroubleOf } from '../../../components/trouble.ts';
import { useNow } from '../../../components/use-now.ts';
import { t } from '../../../i18n/i18n.ts';
import { Remedies } from './Remedies.tsx';
import { TroubleCard } from './TroubleCard.tsx';
import { UnclearPanel } from './UnclearPanel.tsx';

/** What stands between a post and its accounts: what happened, what the app did, what a person can do. */
export function TroublePanel({ post, onEdit }: { post: Post; onEdit: () => void }) {
  const now = useNow(5_000);
  const groups = groupsOf(post, now);
  return groups.map(({ trouble, targets }) =>
    trouble.remedies.includes('answer') ? (
      targets.map((target) => <UnclearPanel key={target.id} post={post} target={target} trouble={trouble} />)
    ) : (
      <TroubleCard
        key={`${trouble.label} ${targets[0]?.id}`}
        title={titleOf(trouble, targets)}
        trouble={trouble}
        data-testid="trouble"
      >
        <Remedies post={post} trouble={trouble} targets={targets} onEdit={onEdit} />
      </TroubleCard>
    ),
  );
}

interface Group {
  trouble: Trouble;
  targets: Target[];
}

/** Accounts that share a trouble are told of once. */
function groupsOf(post: Post, now: number): Group[] {
  const groups: Group[] = [];
  for (const target of post.targets) {
    const trouble = troubleOf(post, target, now);
    if (trouble === null) continue;
    const same = groups.find((group) => isSame(group.trouble, trouble));
    if (same === undefined) groups.push({ trouble, targets: [target] });
    else same.targets.push(target);
  }
  const worst = worstTroubleOf(post, now);
  if (worst !== null && !groups.some(({ trouble }) => isSame(trouble, worst))) {
    groups.unshift({ trouble: worst, targets: [] });
  }
  return groups;
}

function isSame(a: Trouble, b: Trouble): boolean {
  return a.label === b.label && a.happened === b.happened && a.did === b.did;
}

function titleOf({ label }: Trouble, targets: readonly Target[]): string {
  if (targets.length === 0) return label;
  const networks = formatList(targets.map(({ platform }) => platformNames[platform]));
  return t('post:trouble.titleFor', { trouble: label, networks });
}
