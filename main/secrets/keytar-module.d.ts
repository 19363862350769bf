/** What is used of keytar. Declared here because the package is optional: the code is checked without it as well. */
declare module 'keytar' {
  const keytar: {
    /** Null when there is nothing. */
    getPassword(service: string, account: string): Promise<string | null>;
    setPassword(service: string, account: string, password: string): Promise<void>;
  };
  export default keytar;
}
