/** The product's mark; decoration beside its name. */
export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" strokeWidth="4" />
      <circle cx="16" cy="16" r="5" fill="currentColor" />
    </svg>
  );
}
