/** Element Plus validates forms by rules with it; ours show the server's faults and their own at the fields instead. */
export default function AsyncValidator(): never {
  throw new Error('forms here have no rules: pass errors to the form items');
}
