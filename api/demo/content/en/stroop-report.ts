import type { DemoOrder } from '../types.ts'

/** Psychology: a lab report in APA style, with a word from support on deadlines and contacts. */
export const stroopReport: DemoOrder = {
  externalRef: 'order-20452',
  title: 'Psychology: Stroop lab report, APA style and results section',
  people: ['priya', 'hannah', 'helpdesk'],
  endedMinAgo: 4400,
  lines: [
    {
      by: 'priya',
      text: "Hi Hannah, could you check my psychology lab report? Stroop effect, 30 participants. I'm worried about the results section and APA 7",
      afterMin: 18,
    },
    { by: 'hannah', text: 'Hi Priya! Yes to both. Attach the draft and the output of your statistics.', afterMin: 40 },
    { by: 'priya', text: 'Attached. Congruent mean 812 ms, incongruent 934 ms, t = 4.12, p = .000', afterMin: 5 },
    {
      by: 'hannah',
      text: "First fix: p is never .000, it's just smaller than the table shows. Write p < .001.",
      afterMin: 22,
    },
    { by: 'priya', text: 'the software printed it like that!', afterMin: 2 },
    { by: 'hannah', text: 'Software is not in APA style 🙂', afterMin: 1 },
    {
      by: 'hannah',
      text: 'The full sentence would be:\nResponses were slower in the incongruent condition (M = 934 ms) than in the congruent condition (M = 812 ms), t(29) = 4.12, p < .001, d = 0.75.',
      afterMin: 4,
    },
    { by: 'priya', text: 'where did d come from?', afterMin: 6 },
    {
      by: 'hannah',
      text: "For a paired design: t/√n = 4.12/√30 = 0.75. A medium-to-large effect. And add the standard deviations, I couldn't find them in the draft.",
      afterMin: 3,
    },
    { by: 'priya', text: 'SDs are 141 and 187. Why 29 and not 30?', afterMin: 8 },
    { by: 'hannah', text: 'Degrees of freedom: n − 1 for a paired t-test.', afterMin: 2 },
    { by: 'priya', text: 'ah yes, lecture 3', afterMin: 3 },
    { by: 'priya', text: "Can I send you the raw data file by email? It's too big for the order, 60 MB", afterMin: 30 },
    {
      by: 'helpdesk',
      text: "Hi Priya, Grace from support. Please keep files on the order, contact details aren't exchanged here. I've just raised your upload limit to 100 MB, so it should go through now.",
      afterMin: 10,
    },
    { by: 'priya', text: 'Uploaded, thank you Grace!', afterMin: 4 },
    {
      by: 'hannah',
      text: 'Got the file. Participant 17 has reaction times of 90–110 ms. Nobody can read a word that fast, they were just tapping. What does your method section say about exclusions?',
      afterMin: 65,
    },
    { by: 'priya', text: 'nothing…', afterMin: 5 },
    {
      by: 'hannah',
      text: "Then report both: with everyone, and without participant 17, and explain why. Don't just delete.",
      afterMin: 3,
    },
    { by: 'priya', text: 'without 17: t(28) = 4.31, p < .001. it got stronger', afterMin: 50 },
    {
      by: 'hannah',
      text: "Good, so the conclusion doesn't depend on them. That's a robustness check; one sentence in the results.",
      afterMin: 2,
    },
    { by: 'priya', text: 'Discussion rewritten, references in APA 7. v2 attached', afterMin: 600 },
    {
      by: 'hannah',
      text: 'Nearly perfect. In the references, only the first word of an article title takes a capital. And "et al." has a full stop after "al", not after "et".',
      afterMin: 45,
    },
    { by: 'priya', text: "I've had that wrong for two years 🙈", afterMin: 3 },
    { by: 'hannah', text: 'You and half of academia.', afterMin: 1 },
    { by: 'priya', text: 'All fixed, accepting. Thank you so much!', afterMin: 12 },
    {
      by: 'helpdesk',
      text: 'Order completed, and $30 released to Hannah. Priya, a short review would help other students choose.',
      afterMin: 20,
    },
  ],
}
