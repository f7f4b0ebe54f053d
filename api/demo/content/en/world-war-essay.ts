import type { DemoOrder } from '../types.ts'

/** History: an essay on 1914, from a list of causes to an argument. */
export const worldWarEssay: DemoOrder = {
  externalRef: 'order-20431',
  title: 'History: essay on the causes of the First World War',
  people: ['emily', 'hannah'],
  endedMinAgo: 640,
  lines: [
    {
      by: 'emily',
      text: 'Hi Hannah, I\'ve a 2,000-word essay: "To what extent was Germany responsible for the outbreak of war in 1914?" I have a draft, but the seminar tutor said it\'s "a shopping list"',
      afterMin: 12,
    },
    {
      by: 'hannah',
      text: "Hi Emily! Shopping list is a very common diagnosis. Attach the draft and I'll see what's in the basket.",
      afterMin: 25,
    },
    {
      by: 'emily',
      text: 'attached, `ww1_draft.docx`. alliances, militarism, nationalism, imperialism, assassination. one paragraph each',
      afterMin: 3,
    },
    {
      by: 'hannah',
      text: 'Read it. The facts are fine. The trouble is that every cause gets the same weight, and the question is "to what extent". So: to what extent? One sentence, gut feeling.',
      afterMin: 60,
    },
    {
      by: 'emily',
      text: "Germany made a general war likely, but it wasn't the only one that wanted to gamble?",
      afterMin: 7,
    },
    {
      by: 'hannah',
      text: "Excellent. That's a thesis. Now each paragraph must either push that sentence forward or complicate it.",
      afterMin: 2,
    },
    {
      by: 'hannah',
      text: "Suggested skeleton:\n1. The \"blank cheque\" of 5 July: Germany's choice.\n2. The Schlieffen Plan: why a local crisis became a two-front war.\n3. But: Vienna's decision and Russia's mobilisation on 30 July.\n4. Historians: Fischer (1961) v. Clark (2012).\n5. Answer.",
      afterMin: 5,
    },
    { by: 'emily', text: 'where does nationalism go', afterMin: 4 },
    {
      by: 'hannah',
      text: 'In the background, half a paragraph. It explains why people cheered, not why the orders were signed.',
      afterMin: 3,
    },
    { by: 'emily', text: 'ooh', afterMin: 1 },
    { by: 'emily', text: "I've never read Fischer. Is it long", afterMin: 15 },
    {
      by: 'hannah',
      text: 'Long, yes, but you need the introduction and chapter 2. For Clark, the last chapter, and especially the line of thought about "a tragedy, not a crime". Then decide who persuades you.',
      afterMin: 4,
    },
    { by: 'emily', text: 'ok I read both. Clark writes better but I think Fischer is closer?', afterMin: 1100 },
    {
      by: 'hannah',
      text: "Then say so, and say why. A marker will forgive a view they don't share. They won't forgive no view.",
      afterMin: 30,
    },
    { by: 'emily', text: 'New version attached. 2,340 words, help', afterMin: 420 },
    {
      by: 'hannah',
      text: 'Much better! Cuts: the Moroccan crises (120 words, tangential), the list of alliances (90), and every "it could be argued that". If you argue it, argue it.',
      afterMin: 75,
    },
    { by: 'emily', text: 'there were eleven of those 😬', afterMin: 3 },
    { by: 'hannah', text: 'Twelve. One was in a footnote.', afterMin: 1 },
    { by: 'emily', text: '💀', afterMin: 5 },
    { by: 'emily', text: '1,985 words. Footnotes in Chicago style, as the handbook asks', afterMin: 260 },
    {
      by: 'hannah',
      text: "Lovely. I've marked a few commas and one date: Austria declared war on Serbia on 28 July, not 26. The rest reads like a historian wrote it.",
      afterMin: 40,
    },
    { by: 'emily', text: "that date would've haunted me. Fixed", afterMin: 8 },
    {
      by: 'hannah',
      text: 'One last thing. Your final sentence introduces a new idea (the naval race). End with your thesis instead, sharpened.',
      afterMin: 2,
    },
    {
      by: 'emily',
      text: '"Germany did not start the fire alone, but it was the power best placed to put it out, and chose not to."',
      afterMin: 22,
    },
    { by: 'hannah', text: "I wouldn't change a word.", afterMin: 1 },
    { by: 'emily', text: 'Accepting! Thank you, this is the first essay I actually enjoyed', afterMin: 4 },
    { by: 'hannah', text: 'That shows in the writing. Good luck!', afterMin: 15 },
    { by: 'emily', text: '68!! my highest so far. comment: "a real argument at last"', afterMin: 4200 },
    { by: 'hannah', text: '"At last" 😄 Well earned, Emily.', afterMin: 90 },
  ],
}
