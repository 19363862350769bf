import type { Media } from '../../../../shared/contract/media.ts';
import { Filling, Picture } from './Picture.tsx';
import classes from './preview.module.css';

/** How many pictures Facebook shows of a post; the last one says how many more there are. */
const shown = 5;

/** Facebook's pictures: one as it is, several side by side. */
export function PhotoGrid({ media, altOf }: { media: readonly Media[]; altOf: (item: Media) => string | null }) {
  const [only] = media;
  if (only !== undefined && media.length === 1) return <Picture media={only} platform="facebook" alt={altOf(only)} />;
  return (
    <div className={classes.grid} data-count={Math.min(media.length, shown)}>
      {media.slice(0, shown).map((item, index) => (
        <div key={item.id} className={classes.tile}>
          <Filling media={item} platform="facebook" alt={altOf(item)} />
          {index === shown - 1 && media.length > shown && (
            <span className={classes.rest}>{`+${media.length - shown}`}</span>
          )}
        </div>
      ))}
    </div>
  );
}
