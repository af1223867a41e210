/** What viewers of a device have by default; null while nobody has set it. */
export const screenSettings = `
ALTER TABLE devices ADD COLUMN screenSettings TEXT;
`;
