import { HighlightStyle } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** The colours of code on a dark ground, in the tones of the portal. */
export const darkHighlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: '#c59bf0' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: '#9ecb7d' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: '#e3a53b' },
  { tag: [tags.comment, tags.meta], color: '#9b9ba4', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], color: '#6fc6d6' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: '#8fa8ee' },
  { tag: [tags.propertyName, tags.attributeName], color: '#a9b8de' },
  { tag: tags.heading, fontWeight: '600', color: '#8fa8ee' },
  { tag: [tags.link, tags.url], color: '#8fa8ee', textDecoration: 'underline' },
  { tag: tags.invalid, color: '#f2776f' },
]);
