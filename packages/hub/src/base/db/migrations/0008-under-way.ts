/** The file of a copy that the target may have a part of, so that it can be taken back after a restart too. */
export const underWay = `
ALTER TABLE transfers ADD COLUMN underWay TEXT;
`;
