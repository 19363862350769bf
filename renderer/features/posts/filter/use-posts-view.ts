import { useEffect, useRef } from 'react';
import { type PostSearch, postSearch, type PostViewName, postViews } from './post-filter.ts';

const viewKey = 'posts.view';
const searchKey = 'posts.search';

/**
 * Which view is shown, remembered on this computer; and the filter of this window, which whoever comes back to the page without
 * one finds again.
 */
export function usePostsView(search: PostSearch, go: (search: PostSearch) => void) {
  const view = search.view ?? rememberedView();
  const isFirst = useRef(true);
  useEffect(() => {
    const before = isFirst.current ? sessionStorage.getItem(searchKey) : null;
    isFirst.current = false;
    if (before !== null && Object.keys(search).length === 0) {
      const found = readSearch(before);
      if (Object.keys(found).length > 0) {
        go(found);
        return;
      }
    }
    sessionStorage.setItem(searchKey, JSON.stringify(search));
  }, [search, go]);
  return {
    view,
    setView(next: PostViewName) {
      localStorage.setItem(viewKey, next);
      go({ ...search, view: next });
    },
  };
}

function rememberedView(): PostViewName {
  const stored = localStorage.getItem(viewKey);
  return postViews.find((name) => name === stored) ?? 'table';
}

function readSearch(text: string): PostSearch {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? postSearch({ ...parsed }) : {};
  } catch {
    return {};
  }
}
