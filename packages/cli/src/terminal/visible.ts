/**
 * A text whose control characters, but for tabs and ends of lines, are written as JSON writes them: names and notes of
 * foreign files must not command a terminal. JSON stays the same JSON.
 */
export const visible = (text: string): string =>
  text.replace(
    /(?![\n\t])\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
