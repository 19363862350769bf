/** Written in by the build. */
declare const __VERSION__: string;
/** UTC milliseconds. */
declare const __BUILT_AT__: number;
