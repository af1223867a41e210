/** Height of a line and of the head of the list in pixels, as in the style sheet. */
export const ROW_HEIGHT = 26;
