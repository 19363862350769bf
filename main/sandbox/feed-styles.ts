/** Styles of the feed page: three phones side by side, light and dark. */
export const feedStyles = `
:root {
  color-scheme: light dark;
  --ground: #eceff4; --panel: #fff; --text: #181b22; --soft: #5c6474; --line: #dde2ea; --tint: #f5f7fa;
  --device: #cfd5df; --accent: #3557d6; --shadow: 0 10px 30px rgb(25 35 60 / .10);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1115; --panel: #191c22; --text: #e9ecf2; --soft: #99a1b0; --line: #2b303a; --tint: #21252d;
    --device: #343a46; --accent: #8aa2ff; --shadow: 0 10px 30px rgb(0 0 0 / .4);
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; gap: .9rem; padding: 1rem 1.25rem; background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', sans-serif; }
h1, h2, p { margin: 0; }
.top { display: flex; align-items: center; gap: 1.25rem; }
.top h1 { font-size: 1.25rem; letter-spacing: -.01em; }
.top p { color: var(--soft); }
#status { margin-left: auto; color: #b4541a; }
.top label { margin-right: -.75rem; color: var(--soft); }
select, textarea { border: 1px solid var(--line); border-radius: 9px; background: var(--panel); color: var(--text); font: inherit; }
select { padding: .4rem .6rem; max-width: 15rem; }
:focus-visible { outline: 3px solid color-mix(in srgb, var(--accent) 55%, transparent); outline-offset: 2px; }

#phone { flex: none; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 16px; background: var(--panel); }
#phone.idle { padding-block: .5rem; }
.phone-head { display: flex; align-items: baseline; gap: .75rem; }
.phone-head h2 { font-size: .95rem; }
.phone-head p { color: var(--soft); }
#drafts { display: flex; gap: .75rem; overflow-x: auto; }
#drafts:not(:empty) { margin-top: .6rem; padding-bottom: .25rem; }
.draft { flex: none; display: flex; gap: .75rem; width: min(24rem, 85vw); padding: .6rem; border-radius: 12px; background: var(--tint); }
.draft .media { flex: none; width: 4.5rem; height: 8rem; border-radius: 9px; overflow: hidden; background: #000; }
.draft video, .draft img { width: 100%; height: 100%; object-fit: cover; display: block; }
.compose { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: .4rem; }
.compose time { color: var(--soft); font-size: .85em; }
.compose textarea { flex: 1; width: 100%; padding: .4rem .55rem; resize: none; }
.compose button { align-self: flex-end; padding: .4rem 1.1rem; border: 0; border-radius: 99px; background: #d42a50; color: #fff; font: inherit; font-weight: 650; cursor: pointer; }
.compose button:hover { background: #b81f42; }
.compose button:disabled { opacity: .5; cursor: default; }

main { flex: 1; min-height: 26rem; display: grid; grid-template-columns: repeat(3, minmax(0, 26rem)); justify-content: center; gap: 1.25rem; }
.device { display: flex; flex-direction: column; min-height: 0; border: 7px solid var(--device); border-radius: 30px; background: var(--panel); box-shadow: var(--shadow); overflow: hidden; }
.device > header { flex: none; display: flex; align-items: center; gap: .6rem; padding: .7rem 1rem; border-bottom: 1px solid var(--line); }
.device h2 { font-size: 1rem; }
.mark { display: grid; place-items: center; width: 1.8rem; height: 1.8rem; border-radius: 9px; background: var(--brand); color: #fff; font-weight: 800; font-size: .8rem; }
.count { margin-left: auto; color: var(--soft); font-variant-numeric: tabular-nums; }
.facebook { --brand: #2063d6; }
.instagram { --brand: linear-gradient(45deg, #e8902c, #c8327a 55%, #7a3fc4); }
.tiktok { --brand: linear-gradient(120deg, #0f8f8a, #14161b 45%, #d42a50); }
.posts { min-height: 0; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.posts:empty { display: none; }
.empty { margin: auto; padding: 2rem; max-width: 17rem; color: var(--soft); text-align: center; }

article { padding-bottom: .6rem; border-bottom: 8px solid var(--tint); }
article:last-child { border-bottom: 0; }
article > header { display: flex; align-items: center; gap: .65rem; padding: .75rem 1rem .6rem; }
article > header > div { min-width: 0; flex: 1; }
.avatar { flex: none; display: grid; place-items: center; width: 2.2rem; height: 2.2rem; border-radius: 50%; background: var(--brand); color: #fff; font-weight: 700; }
.name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.compose .name { display: inline; }
.when { color: var(--soft); font-size: .85em; text-decoration: none; }
.when:hover { text-decoration: underline; }
.badge { flex: none; padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); font-size: .75rem; }
article .media { position: relative; display: flex; overflow-x: auto; scroll-snap-type: x mandatory; scrollbar-width: thin; background: var(--tint); }
article .media > * { flex: 0 0 100%; width: 100%; max-height: 34rem; object-fit: cover; scroll-snap-align: center; }
article .media > video { aspect-ratio: 4 / 5; object-fit: contain; background: #0b0c0f; }
article .media[data-several]::before { content: attr(data-several) ' photos'; position: sticky; left: .6rem; top: 0; z-index: 1; flex: none; align-self: flex-start; width: 5.5em; margin: .6rem -5.5em 0 0; padding: .1rem .5rem; border-radius: 99px; background: rgb(0 0 0 / .62); color: #fff; font-size: .75rem; text-align: center; }
.story .avatar { outline: 2px solid #c8327a; outline-offset: 2px; }
.story .media { justify-content: center; padding: .6rem 0; background: #0b0c0f; }
article.story .media > * { flex: none; width: min(17rem, 80%); max-height: none; aspect-ratio: 9 / 16; object-fit: contain; border-radius: 14px; background: #17181c; }
.text { padding: 0 1rem .65rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.text:empty, .comments:empty { display: none; }
.comments { margin: .6rem 1rem 0; padding: .5rem .75rem; list-style: none; border-radius: 10px; background: var(--tint); overflow-wrap: anywhere; }
.comments li + li { margin-top: .3rem; }
.new { animation: arrive .5s ease-out; }
@keyframes arrive { from { opacity: 0; transform: translateY(-1.5rem); } }
@media (prefers-reduced-motion: reduce) { .new { animation: none; } }
@media (max-width: 760px) { html, body { height: auto; } main { grid-template-columns: minmax(0, 1fr); } .device { max-height: 40rem; } .top { flex-wrap: wrap; } }
`;
