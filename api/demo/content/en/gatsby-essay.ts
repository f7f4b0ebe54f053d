import type { DemoOrder } from '../types.ts'

/** Literature: finding an argument about Nick Carraway. */
export const gatsbyEssay: DemoOrder = {
  externalRef: 'order-20458',
  title: 'English literature: The Great Gatsby, essay plan and feedback',
  people: ['james', 'hannah'],
  endedMinAgo: 2150,
  lines: [
    {
      by: 'james',
      text: 'hey. essay on the great gatsby, 1500 words, "is nick a reliable narrator". ive read the book (mostly)',
      afterMin: 20,
    },
    { by: 'hannah', text: 'Hi James! "Mostly" is honest. Which part did you skip?', afterMin: 30 },
    { by: 'james', text: 'the middle bit with the hotel', afterMin: 4 },
    {
      by: 'hannah',
      text: "Ah. That's chapter 7, where everything happens 🙂 Read it tonight, then come back. Meanwhile: what does Nick say about himself on page one?",
      afterMin: 2,
    },
    { by: 'james', text: "that he doesn't judge people", afterMin: 5 },
    { by: 'hannah', text: 'And what does he do for the next 180 pages?', afterMin: 1 },
    { by: 'james', text: 'judge people lol', afterMin: 1 },
    { by: 'hannah', text: "There's your essay.", afterMin: 2 },
    { by: 'james', text: 'read ch 7. ok that was actually intense. tom is the worst', afterMin: 1400 },
    {
      by: 'hannah',
      text: "He is. Now, is that *your* view, or did Nick arrange it so that you'd think so?",
      afterMin: 12,
    },
    { by: 'james', text: 'hmm. we never hear Tom think anything. only what nick notices', afterMin: 6 },
    {
      by: 'hannah',
      text: "Exactly. Find me three places where Nick notices something that helps Gatsby, or looks away from something that doesn't.",
      afterMin: 2,
    },
    {
      by: 'james',
      text: '1. the smile description, goes on forever\n2. he never really asks where the money\'s from\n3. he calls Gatsby "worth the whole damn bunch put together"',
      afterMin: 180,
    },
    {
      by: 'hannah',
      text: 'Those are superb choices. Number 2 is your strongest: a bond salesman who never asks about bonds.',
      afterMin: 9,
    },
    { by: 'james', text: 'ohh i didnt even think of that', afterMin: 3 },
    {
      by: 'hannah',
      text: 'Plan: intro with the thesis (150 words), three sections of about 380, conclusion of 150 or so. Each section: quote, what it does to the reader, why Nick might want that.',
      afterMin: 4,
    },
    { by: 'james', text: 'draft attached. my word count is 1,460', afterMin: 700 },
    {
      by: 'hannah',
      text: 'A good draft with a clear line. Notes:\n— don\'t retell the plot, your reader knows it\n— "Fitzgerald uses language to create an effect": which language, which effect?\n— quotes need page numbers',
      afterMin: 55,
    },
    { by: 'james', text: 'that second one is what our teacher told us to write 😭', afterMin: 2 },
    { by: 'hannah', text: "It's a template for getting started. You've outgrown it.", afterMin: 2 },
    { by: 'james', text: "v2. i rewrote section 2 completely, its about what Nick DOESN'T say", afterMin: 300 },
    {
      by: 'hannah',
      text: 'That\'s the best section now. "Silence is how Nick lies" is a line I\'d be happy to have written.',
      afterMin: 35,
    },
    { by: 'james', text: 'seriously?', afterMin: 3 },
    { by: 'hannah', text: 'Seriously.', afterMin: 1 },
    { by: 'james', text: 'accepting it then. $26 well spent. thx hannah', afterMin: 10 },
    { by: 'hannah', text: 'Thank you, James. And reread the ending some time, without a deadline.', afterMin: 8 },
  ],
}
