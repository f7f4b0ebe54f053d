import type { DemoOrder } from '../types.ts'

/** Admissions writing: a personal statement made specific, paragraph by paragraph. */
export const personalStatement: DemoOrder = {
  externalRef: 'order-20486',
  title: "Personal statement for a Master's in public health: feedback",
  people: ['priya', 'hannah'],
  endedMinAgo: 95,
  unread: { priya: 2 },
  lines: [
    {
      by: 'priya',
      text: "Hello Hannah! I'm applying for a Master's in public health and my personal statement sounds like a brochure. Limit is 800 words, deadline in 9 days",
      afterMin: 9,
    },
    {
      by: 'hannah',
      text: "Hello Priya! Brochures can be cured. Send it over, plus the course's own list of what they look for.",
      afterMin: 14,
    },
    {
      by: 'priya',
      text: 'Both attached. They want: motivation, quantitative skills, experience, why this programme',
      afterMin: 4,
    },
    {
      by: 'hannah',
      text: "Thank you. First impression: I've read 800 words and I don't yet know one thing that you did on a Tuesday.",
      afterMin: 70,
    },
    { by: 'priya', text: 'haha, ouch, but fair', afterMin: 2 },
    {
      by: 'hannah',
      text: 'For instance: "I have always been passionate about healthcare." So has everyone in the pile. What happened, where, when?',
      afterMin: 3,
    },
    {
      by: 'priya',
      text: 'I worked at a vaccination camp for two summers. We kept running out of doses in some villages while others threw them away',
      afterMin: 9,
    },
    { by: 'hannah', text: "There's your opening. What did you do about it?", afterMin: 1 },
    {
      by: 'priya',
      text: 'I made a spreadsheet 😅 counted who came on which day, and we changed the delivery plan. Waste went from 18% to 7%',
      afterMin: 5,
    },
    {
      by: 'hannah',
      text: 'Priya. That is quantitative skills, experience and motivation in ONE story. And it was hiding in paragraph 5, as "assisted with logistics".',
      afterMin: 2,
    },
    { by: 'priya', text: 'I thought it was too small to mention', afterMin: 3 },
    { by: 'hannah', text: 'Small and true beats large and vague, every time.', afterMin: 2 },
    { by: 'priya', text: "What's the price for two rounds of feedback and a proofread?", afterMin: 6 },
    {
      by: 'hannah',
      text: "$40 for everything. You pay on the order page, and it's held there till you accept.",
      afterMin: 3,
    },
    { by: 'priya', text: 'Done!', afterMin: 5 },
    {
      by: 'hannah',
      text: "Structure I'd try:\n1. The spreadsheet (120 words)\n2. What it made you want to understand (150)\n3. What you studied to get there: stats, epidemiology (200)\n4. Why this programme, naming modules (200)\n5. What you'll do afterwards (100)",
      afterMin: 8,
    },
    {
      by: 'priya',
      text: 'Draft 2 attached. 910 words. I cut "passionate" everywhere, there were four',
      afterMin: 1300,
    },
    {
      by: 'hannah',
      text: 'So much better, I read it without stopping. Comments are in the margin. The main ones:\n— para 2: "this experience taught me the value of teamwork". Did it? I think it taught you that averages hide villages.\n— para 4: name the module and say which question of yours it answers.',
      afterMin: 85,
    },
    { by: 'priya', text: '"averages hide villages" can I use that??', afterMin: 7 },
    { by: 'hannah', text: "It's your idea, I just shortened it. Yes.", afterMin: 2 },
    { by: 'priya', text: 'Question: should I mention my low grade in organic chemistry? 54%', afterMin: 40 },
    {
      by: 'hannah',
      text: "Only if they'll wonder about it. Your later statistics marks (78 and 81) answer it silently. Don't apologise for what nobody has asked.",
      afterMin: 6,
    },
    { by: 'priya', text: "that's a relief", afterMin: 2 },
    {
      by: 'priya',
      text: 'Draft 3, 795 words!! And my sister cried at the first paragraph, but she cries at adverts',
      afterMin: 720,
    },
    {
      by: 'hannah',
      text: 'Your sister has taste. Three language notes:\n1. "an information" → "a piece of information"\n2. "I am knowing" → "I know"\n3. "datas" → "data"',
      afterMin: 50,
    },
    { by: 'priya', text: 'fixed all three. British or American spelling?', afterMin: 3 },
    {
      by: 'hannah',
      text: 'The university is in Leeds, so British: programme, organise, behaviour. You had both.',
      afterMin: 2,
    },
    { by: 'priya', text: 'Searched for every "ize" 🔍 done', afterMin: 15 },
    {
      by: 'hannah',
      text: 'One more thought: the last line, "I look forward to hearing from you", belongs in a letter. Finish on the villages.',
      afterMin: 4,
    },
    {
      by: 'priya',
      text: '"I would like to learn how to see them before they disappear into an average."',
      afterMin: 30,
    },
    { by: 'priya', text: 'is that too much?', afterMin: 1 },
    {
      by: 'hannah',
      text: "It isn't too much. It's the sentence they'll remember when they've closed the folder.",
      afterMin: 20,
    },
    {
      by: 'hannah',
      text: "I've done the final proofread and attached it. Two commas, nothing else. Submit it with pride!",
      afterMin: 2,
    },
  ],
}
