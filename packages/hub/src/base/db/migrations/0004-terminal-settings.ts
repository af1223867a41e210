/** What holds for the terminals of a device; null while nobody has set it. */
export const terminalSettings = `
ALTER TABLE devices ADD COLUMN terminalSettings TEXT;
`;
