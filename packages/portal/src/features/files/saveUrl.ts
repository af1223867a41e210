/** Lets the browser save what an address of the hub answers, with its own list of downloads. */
export function saveUrl(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  // The answer names the file; the attribute alone keeps a refusal from taking the page's place.
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
